#!/usr/bin/python3
"""Prints the oracle's verdict on an evidence file with each byte changed, one line for each.

Usage: every_change.py FILE DIRECTORY_HEX. Of the byte at position n the bit n mod 8 is flipped.
"""
import sys

from verify_evidence import verdict

data, pinned = open(sys.argv[1], "rb").read(), bytes.fromhex(sys.argv[2])
for at in range(len(data)):
    changed = data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1:]
    print(verdict(changed, pinned).get("reason", "valid"))

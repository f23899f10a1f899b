#!/usr/bin/python3
"""Prints the oracle's verdict on an evidence file with each byte changed, one line for each.

Usage: every_change.py FILE DIRECTORY_HEX. Each byte is changed three times, one after the other: the
bit n mod 8 of the byte at position n, its highest bit, and all of its bits.
"""
import sys

from verify_evidence import verdict

data, pinned = open(sys.argv[1], "rb").read(), bytes.fromhex(sys.argv[2])
for at in range(len(data)):
    for mask in (1 << at % 8, 0x80, 0xFF):
        changed = data[:at] + bytes([data[at] ^ mask]) + data[at + 1:]
        print(verdict(changed, pinned).get("reason", "valid"))

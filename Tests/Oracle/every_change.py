#!/usr/bin/python3
"""Prints the oracle's verdict on an evidence file with each byte changed, one line for each.

Usage: every_change.py FILE DIRECTORY_HEX [FROM STEP]. Each byte is changed three times, one after the
other: the bit n mod 8 of the byte at position n, its highest bit, and all of its bits. With FROM and
STEP, every STEP-th byte from there is changed in all 255 ways instead, from 1 to 255.
"""
import sys

from verify_evidence import verdict

data, pinned = open(sys.argv[1], "rb").read(), bytes.fromhex(sys.argv[2])
every_value = len(sys.argv) == 5
places = range(int(sys.argv[3]), len(data), int(sys.argv[4])) if every_value else range(len(data))
for at in places:
    for mask in range(1, 256) if every_value else (1 << at % 8, 0x80, 0xFF):
        changed = data[:at] + bytes([data[at] ^ mask]) + data[at + 1:]
        print(verdict(changed, pinned).get("reason", "valid"))

#!/usr/bin/python3
"""Prints the oracle's verdict on an evidence file with each byte changed, one line for each.

Usage: every_change.py FILE DIRECTORY_HEX [FROM STEP]. Each byte is changed three times, one after the
other: the bit n mod 8 of the byte at position n, its highest bit, and all of its bits. With FROM and
STEP, every STEP-th byte from there is changed in all 255 ways instead, from 1 to 255.

What the file as it is holds is read, spelt and held against its signatures once: the same bytes say
the same in a changed file, and only what a change has touched is looked at again.
"""
import sys

import verify_evidence as oracle

data, pinned = open(sys.argv[1], "rb").read(), bytes.fromhex(sys.argv[2])
every_value = len(sys.argv) == 5
read, spelt, signed = {}, {}, {}
learning = True


def remembered(memory, key, work):
    """The answer to a question that was asked of the whole file too; otherwise a new one.

    The question is kept with its answer, so that no other message is taken for one of its own.
    """
    if key in memory:
        return memory[key][0]
    answer, question = work()
    if learning:
        memory[key] = answer, question
    return answer


def decode(name, data, work=oracle.decode):
    return remembered(read, (name, data), lambda: (work(name, data), None))


def encode(name, message, work=oracle.encode):
    return remembered(spelt, id(message), lambda: (work(name, message), message))


def opened(claim, kind, key, work=oracle.opened):
    named = claim["body"], claim["signature"], kind, key
    return remembered(signed, named, lambda: (work(claim, kind, key), None))


oracle.decode, oracle.encode, oracle.opened = decode, encode, opened
oracle.verdict(data, pinned)
learning = False
places = range(int(sys.argv[3]), len(data), int(sys.argv[4])) if every_value else range(len(data))
for at in places:
    for mask in range(1, 256) if every_value else (1 << at % 8, 0x80, 0xFF):
        changed = data[:at] + bytes([data[at] ^ mask]) + data[at + 1:]
        print(oracle.verdict(changed, pinned).get("reason", "valid"))

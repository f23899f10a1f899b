#!/usr/bin/env python3
"""Writes the figures of Wycheproof's Ed25519 vectors in the form of our own vector files.

usage: wycheproof.py ed25519_test.json > Tests/LedgerTests/Vectors/ed25519-wycheproof.txt

The file is testvectors_v1/ed25519_test.json of github.com/C2SP/wycheproof; only its figures are
taken over: key, message, signature, the result, and the words of its flags.
"""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    groups = json.load(file)["testGroups"]

print("# Key, message, signature and result of the Ed25519 cases of Wycheproof")
print("# (github.com/C2SP/wycheproof, testvectors_v1/ed25519_test.json), written by")
print("# Tests/Oracle/wycheproof.py.")
for group in groups:
    for test in group["tests"]:
        print()
        print("name", test["tcId"], *test["flags"])
        print("public", group["publicKey"]["pk"])
        print("message", test["msg"])
        print("signature", test["sig"])
        print("valid", "yes" if test["result"] == "valid" else "no")

#!/usr/bin/python3
"""Computes the wire format's vectors again, without the program. Usage: check_vectors.py FILE."""
import hashlib
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from verify_evidence import decode, lawful_header, root

cases = {}
for block in open(sys.argv[1], encoding="utf-8").read().split("\n\n"):
    lines = [line.partition(" ") for line in block.strip().split("\n") if line and not line.startswith("#")]
    if lines:
        cases[lines[0][2]] = {word: bytes.fromhex(value) for word, _, value in lines[1:]}


def sha(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


key = Ed25519PrivateKey.from_private_bytes(cases["key"]["seed"])
assert key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw) == cases["key"]["public"]
assert sha(cases["key"]["public"]) == cases["key"]["id"]
part, header, seal, step = (cases[name] for name in ("part", "header", "seal", "running hash"))
assert part["hash"] == sha(b"guantong/part/v1\0", part["salt"], part["content"])
assert len(decode("Part", part["content"])["membership"]) == 3
assert header["id"] == sha(b"guantong/change/v1\0", header["bytes"]) == seal["id"]
read = lawful_header(header["bytes"])
assert (read["author"], read["sequence"], read["parts"]) == ("420300-JW", 7, [part["hash"]])
path = [seal["path"][at:at + 32] for at in range(0, len(seal["path"]), 32)]
assert root(sha(b"\0", seal["blind"], seal["id"]), 0, 3, path) == seal["root"] == decode("Seal", seal["body"])["root"]
proof = decode("Proof", seal["proof"])
assert (proof["leaf"], proof["path"], proof["seal"]["body"]) == (0, path, seal["body"])
assert step["hash"] == sha(*(step[word] for word in ("before", "outbox", "number", "change", "parts")))
for name in ("seal", "receipt", "particulars", "suspension"):
    case, kind = cases[name], f"guantong/{name}/v1".encode()
    assert case["signed"] == b"DSSEv1 %d %s %d " % (len(kind), kind, len(case["body"])) + case["body"]
    assert case["signature"] == key.sign(case["signed"])
receipt = decode("Receipt", cases["receipt"]["body"])
assert (receipt["number"], receipt["untaken"], receipt["stored_at"]) == (1, [1], 1782000000123456)
print(f"{len(cases)} cases agree")

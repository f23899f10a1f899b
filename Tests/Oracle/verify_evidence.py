#!/usr/bin/python3
"""Verifies a guantong evidence file: SHA-256, Ed25519 and the id of a directory, nothing else.

An oracle: written from the wire format, sharing no code with the program. Usage:
verify_evidence.py FILE [DIRECTORY_HEX] prints one JSON line and exits 0 or 7.
"""
import copy, hashlib, json, re, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
# Fields in the order of their numbers, from 1. u = 32 bits, l = 64, i = signed, s = text, b = bytes, h = a hash,
# o = a hash or nothing; * = repeated, ? = a message that may be absent.
MESSAGES = """
Evidence subject:Change receipts:Received* directory:Change* newest:h reaffirming:Change*
Change header:b seal:Proof parts:Disclosed*; Disclosed part:u salt:b content:b; Signed body:b signature:b
Proof seal:Signed blind:h leaf:u path:h*; Seal signer:s key:h suite:u leaves:u root:h sealed_at:i; Vote proposal:h
Received receipt:Signed before:h number:l steps:Step*; Step change:h parts:u; Key suite:u bytes:b
Receipt signer:s key:h destination:s outbox:b number:l running_hash:h stored_at:i untaken:l*
Header format:u dossier:o author:s key:h sequence:l previous:o parents:h* directory:o authored_at:i parts:h*
Part audience:s* membership:b* directory:b* records:b*; Governance governors:s* threshold:u
Statement founding:Founding? proposal:Proposal? vote:Vote? final:Final? particulars:Signed? suspension:Signed? \
appointment:Appointment?; Founding registrar:Agency key:Key sample:u; KeyChange agency:s key:Key
Agency code:s name:s short:s level:s region:s credit:s kind:s hosted_by:s succeeds:s
Proposal based_on:h admission:Admission? key:KeyChange? governance:Governance?
Admission entry:Agency key:Key particulars:Signed?; Final proposal:h cited:h*
Appointment agency:s key:Key last_entry:h; Suspension signer:s key:h agency:s suspended:h reason:s"""
SCHEMA = {m.split()[0]: [(f.split(":")[0], f.split(":")[1].rstrip("*?"), f[-1]) for f in m.split()[1:]]
          for m in re.split("[;\n] ?", MESSAGES.strip())}
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
SMALL_ORDER = {0, 1, P - 1, 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
               0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7}
WRONG = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, InvalidSignature)
def need(condition):
    if not condition:
        raise ValueError
def sha(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()
def varint(data, at):
    if data[at] < 128:
        return data[at], at + 1
    value, end = varint(data, at + 1)
    return data[at] & 127 | value << 7, end
def number(value):
    return bytes([value]) if value < 128 else bytes([value & 127 | 128]) + number(value >> 7)
def unpacked(data, at=0):
    return [] if at == len(data) else [varint(data, at)[0], *unpacked(data, varint(data, at)[1])]
def known(name, data):
    """A receipt passes over what a later build adds: higher numbers, ascending, spelt as short as can be."""
    at, last, highest = 0, (0, True), len(SCHEMA[name])
    end = len(data)
    while name == "Receipt" and at < len(data):
        start, (tag, at) = at, varint(data, at)
        value, body = varint(data, at)
        need(tag >> 3 <= highest or data[start:body] == number(tag) + number(value) and tag & 7 in (0, 2))
        need(tag >> 3 <= highest or last[0] < tag >> 3 < 2**29 or last == (tag >> 3, True) and tag & 7 == 2)
        need(tag >> 3 > highest or last[0] <= highest)
        end = min(end, start) if tag >> 3 > highest else end
        at, last = body + value * (tag & 7 == 2), (tag >> 3, tag & 7 == 2)
    return need(at <= len(data)) or data[:end]
def decode(name, data):
    """The message as a dictionary; only its one lawful spelling is taken."""
    data = known(name, data)
    empty = {"s": "", "b": b"", "h": b"", "o": b"", "u": 0, "l": 0, "i": 0}
    at, out = 0, {f: [] if mark == "*" else empty.get(kind) for f, kind, mark in SCHEMA[name]}
    while at < len(data):
        tag, at = varint(data, at)
        field, kind, mark = SCHEMA[name][(tag >> 3) - 1 if tag >> 3 else 99]
        value, at = varint(data, at)
        if tag & 7 == 2:
            value, at = data[at:at + value], at + value
            value = value.decode() if kind == "s" else value if len(kind) == 1 else decode(kind, value)
        values = unpacked(value) if kind == "l" and mark == "*" else [value]
        out[field] = out[field] + values if mark == "*" else value
    need(encode(name, out) == data)
    for field, kind, mark in SCHEMA[name]:
        need(mark == "?" or out[field] is not None)
        hashes = (out[field] if mark == "*" else [out[field]]) if kind in "ho" else []
        need(all(len(x) == 32 or kind == "o" and not x for x in hashes))
        if kind == "i" and out[field] >= 2**63:
            out[field] -= 2**64
    return out
def encode(name, message):
    out = b""
    for n, (field, kind, mark) in enumerate(SCHEMA[name], 1):
        values = message[field] if mark == "*" else [message[field]] if message[field] not in (0, "", b"", None) else []
        if kind == "l" and mark == "*" and values:
            kind, values = "b", [b"".join(map(number, values))]
        for value in values:
            if kind in "uil":
                need(isinstance(value, int) and value < (2**32 if kind == "u" else 2**64))
                out += number(n << 3) + number(value)
                continue
            chunk = value.encode() if kind == "s" else value if len(kind) == 1 else encode(kind, value)
            out += number(n << 3 | 2) + number(len(chunk)) + chunk
    return out

def opened(signed, kind, key):  # the body, when `key` is the one it names and made the signature
    name, body, signature = f"guantong/{kind.lower()}/v1".encode(), signed["body"], signed["signature"]
    r, scalar = (int.from_bytes(x, "little") for x in (signature[:32], signature[32:]))
    need(len(signature) == 64 and scalar < L and r % 2**255 < P)
    message = b"DSSEv1 %d %s %d " % (len(name), name, len(body)) + body
    Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    claim = decode(kind, body)
    return need(claim["key"] == sha(key)) or claim
def root(digest, at, count, path):
    """The root that an audit path of RFC 9162 leads to, by the recursive definition of its tree."""
    if count == 1:
        return need(not path) or digest
    left = 1 << (count - 1).bit_length() - 1
    if at < left:
        return sha(b"\1", root(digest, at, left, path[:-1]), path[-1])
    return sha(b"\1", path[-1], root(digest, at - left, count - left, path[:-1]))

def check_seal(change, author, key):
    proof = change["seal"]
    seal, leaf = opened(proof["seal"], "Seal", key), sha(b"\0", proof["blind"], identity(change))
    need(seal["signer"] == author and seal["suite"] == 1 and proof["leaf"] < seal["leaves"] <= 1024)
    need(root(leaf, proof["leaf"], seal["leaves"], proof["path"]) == seal["root"])
    return need(946684800000000 <= seal["sealed_at"] < 7258118400000000) or seal["sealed_at"]
def identity(change):
    return sha(b"guantong/change/v1\0", change["header"])
def check_part(part, header):
    need(len(part["salt"]) == 32)
    need(header["parts"][part["part"]] == sha(b"guantong/part/v1\0", part["salt"], part["content"]))

def usable(key):
    y = int.from_bytes(key["bytes"], "little") % 2**255
    lawful = key["suite"] == 1 and len(key["bytes"]) == 32 and y < P and y not in SMALL_ORDER
    return lawful or key["suite"] > 1 and len(key["bytes"]) <= 4096  # a later suite: taken, but unusable here

def lawful_header(data):
    h = decode("Header", data)
    h["links"] = [h["previous"]] * bool(h["previous"]) + h["parents"]
    need(len(data) <= 16384 and h["format"] == 1 and 1 <= len(h["parts"]) <= 16 and len(h["parents"]) <= 64)
    need(h["parents"] == sorted(set(h["parents"])) and h["previous"] not in h["parents"])
    need(1 <= h["sequence"] < 2**63 and (h["sequence"] == 1) != bool(h["previous"]))
    need(bool(h["dossier"]) == bool(h["links"]) and re.fullmatch("[0-9]{6}-[A-Z0-9]{1,16}", h["author"]))
    return need(946684800000000 <= h["authored_at"] < 7258118400000000) or h
def rank(view):
    return view["era"], view["height"], bytes(255 - x for x in view["entry"])

def owner(view, key_id):  # (agency, key bytes, withdrawn)
    return next(((a, k["bytes"], k["gone"]) for a, keys in view["keys"].items() for k in keys
                 if sha(k["bytes"]) == key_id), None)

class Directory:
    def __init__(self):
        self.headers, self.said, self.seen, self.depth, self.views, self.newest = {}, {}, {}, {}, {}, {}
    def add(self, change):
        h, me = lawful_header(change["header"]), identity(change)
        need(not h["directory"] and me not in self.headers and [p["part"] for p in change["parts"]] == [0])
        check_part(change["parts"][0], h)
        said = [decode("Statement", s) for s in decode("Part", change["parts"][0]["content"])["directory"]]
        seen = set(h["links"]).union(*(self.seen[x] for x in h["links"]))
        if not self.headers:
            self.root, key, code = me, said[0]["founding"]["key"], said[0]["founding"]["registrar"]["code"]
            need(code == h["author"] and usable(key) and not h["dossier"])
            view = {"registrar": code, "governors": [code], "threshold": 1, "era": 0, "height": -1, "entry": me,
                    "keys": {code: [{"bytes": key["bytes"], "gone": False}]}, "touched": {code: me, "": me}}
        else:
            newest = max((self.views[self.newest[x]] for x in h["links"]), key=rank)
            view, own = self.appointed(newest, seen), self.views.get(h["previous"], newest)
            mine = view is newest and h["author"] == view["registrar"] and own["era"] == view["era"]
            view, previous = copy.deepcopy(own if mine else view), self.headers.get(h["previous"])
            nominated = {g for x in seen for s in self.said[x] if s["proposal"] and s["proposal"]["governance"]
                         for g in s["proposal"]["governance"]["governors"] if self.is_open(view, "", x, s["proposal"])}
            need(h["author"] in nominated & set(view["keys"]) | {view["registrar"], *view["governors"]})
            need(h["dossier"] == self.root and not any(self.seen[x] & set(h["parents"]) for x in h["links"]))
            need(previous is None or (previous["author"], previous["sequence"] + 1) == (h["author"], h["sequence"]))
        agency, key, gone = owner(view, h["key"])
        check_seal(change, agency, need(agency == h["author"] and not gone) or key)
        self.headers[me], self.said[me], self.seen[me] = h, said, seen
        self.depth[me] = max((self.depth[x] + 1 for x in h["links"]), default=0)
        if h["author"] == view["registrar"]:
            view.update(entry=me, height=view["height"] + 1)
            for statement in said:
                try:
                    (self.suspend if statement["suspension"] else self.finalize)(view, statement)
                except WRONG:
                    continue  # without effect
            self.views[me] = view
        self.newest[me] = me if me in self.views else newest["entry"]

    def suspend(self, view, said):
        signed, claim = said["suspension"], decode("Suspension", said["suspension"]["body"])
        agency, key, gone = owner(view, claim["key"])
        need(not gone and (agency == view["registrar"] or claim["key"] == claim["suspended"]))
        need(agency == claim["signer"] and opened(signed, "Suspension", key))
        for known in view["keys"][claim["agency"]]:
            if sha(known["bytes"]) == claim["suspended"]:
                known["gone"], view["touched"][claim["agency"]] = True, view["entry"]
    def is_open(self, view, subject, proposal, asked):
        base, touched = asked["based_on"], view["touched"].get(subject, asked["based_on"])
        return base in self.seen[proposal] and (touched == base or touched in self.seen[base])

    def finalize(self, view, said):
        proposal, cited = said["final"]["proposal"], [said["final"]["proposal"], *said["final"]["cited"]]
        asked = next(s["proposal"] for s in self.said[proposal] if s["proposal"])
        need(self.headers[proposal]["author"] in [view["registrar"], *view["governors"]])
        need(set(cited) <= self.seen[view["entry"]])
        need(all(x == proposal or any(s["vote"] == {"proposal": proposal} for s in self.said[x]) for x in cited))
        voters = {self.headers[x]["author"] for x in cited if not owner(view, self.headers[x]["key"])[2]}
        change = asked["admission"] or asked["key"] or asked["governance"]
        subject = "" if asked["governance"] else change["entry"]["code"] if asked["admission"] else change["agency"]
        need(self.is_open(view, subject, proposal, asked) and len(voters & set(view["governors"])) >= view["threshold"])
        if asked["governance"]:
            new, k = set(change["governors"]), change["threshold"]
            need(len(voters & new) >= k and len(new) // 2 < k <= len(new) and new <= set(view["keys"]))
            view["governors"], view["threshold"] = change["governors"], k
        else:
            host = asked["admission"] and change["entry"]["hosted_by"]
            need(not host or host in view["keys"] and host != subject)
            self.give(view, subject, change["key"], asked["admission"])
        view["touched"][subject] = view["entry"]
    def give(self, view, agency, key, is_admission):
        known = view["keys"].get(agency, [])
        if is_admission and known:
            return need(known[-1]["bytes"] == key["bytes"])
        need(not owner(view, sha(key["bytes"])) and usable(key) and (is_admission or known))
        view["keys"][agency] = [{**k, "gone": True} for k in known] + [{"bytes": key["bytes"], "gone": False}]

    def appointed(self, view, seen):
        words, voters = {}, {}  # each governor's first word about the registrar of `view`
        for x in seen:
            h, said = self.headers[x], [s["appointment"] for s in self.said[x] if s["appointment"]]
            for a, last in ((a, self.views.get(a["last_entry"])) for a in said):
                same = last and (last["era"], last["registrar"]) == (view["era"], view["registrar"])
                if (same and a["last_entry"] in self.seen[x] and h["author"] in last["governors"]
                        and not owner(last, h["key"])[2]):
                    words.setdefault(h["author"], []).append((h["sequence"], encode("Appointment", a)))
        for author, spoken in words.items():
            first, word = min(spoken)
            same = [self.headers[x]["sequence"] for x in seen if self.headers[x]["author"] == author].count(first)
            if same == [n for n, _ in spoken].count(first) == 1:
                voters.setdefault(word, []).append(author)
        for a, governors in ((decode("Appointment", word), governors) for word, governors in voters.items()):
            last = copy.deepcopy(self.views[a["last_entry"]])
            if len(governors) >= last["threshold"] and a["agency"] in last["keys"]:
                active = [k["bytes"] for k in last["keys"][a["agency"]] if not k["gone"]][-1:]
                try:
                    if active != [a["key"]["bytes"]]:
                        self.give(last, a["agency"], a["key"], None)
                    return {**last, "registrar": a["agency"], "era": last["era"] + 1}
                except WRONG:
                    continue
        return view

def reception(evidenced, subject, now):
    claim, steps, n = decode("Receipt", evidenced["receipt"]["body"]), evidenced["steps"], evidenced["number"]
    key, digest = owner(now, claim["key"]), evidenced["before"]
    need(key[0] == claim["signer"] and claim["destination"] in now["keys"] and n and n not in claim["untaken"])
    need(claim["number"] - n == len(steps) - 1 and steps[0]["change"] == subject and len(claim["outbox"]) == 16)
    need(946684800000000 <= claim["stored_at"] < 7258118400000000 and claim["untaken"] == sorted(set(claim["untaken"])))
    opened(evidenced["receipt"], "Receipt", key[1])
    for at, step in enumerate(steps, n):
        digest = sha(digest, claim["outbox"], at.to_bytes(8, "big"), step["change"], step["parts"].to_bytes(4, "big"))
    need(digest == claim["running_hash"])
    return [claim["stored_at"], claim["signer"]]
def follows(change, last, directory, now):
    """The author's next change set along `previous`, which goes on from one under a withdrawn key."""
    h = lawful_header(change["header"])
    key = owner(directory.views[h["directory"]], h["key"])
    need(not change["parts"] and owner(now, last["key"])[2] and key[0] == h["author"] and not key[2])
    need((h["previous"], h["author"], h["dossier"]) == (last["id"], last["author"], last["in"]))
    need(h["sequence"] == last["sequence"] + 1)
    check_seal(change, h["author"], key[1])
    return {**h, "id": identity(change), "in": last["in"]}
def step(reason, work):
    try:
        return work()
    except WRONG:
        raise ValueError(reason) from None

def verify(data, pinned):
    step("not-evidence", lambda: need(data[:6] == b"GTEV1\n"))
    evidence = step("not-lawful", lambda: decode("Evidence", data[6:]))
    directory, subject, entries = Directory(), evidence["subject"], evidence["directory"]
    for change in [subject, *entries, *evidence["reaffirming"]]:
        numbers = [p["part"] for p in change["parts"]]
        step("not-lawful", lambda: need(numbers == sorted(set(numbers)) and len(change["seal"]["path"]) <= 10))
    step("entry-0" if not entries else "other-directory", lambda: need(pinned in (None, identity(entries[0]))))
    for n, entry in enumerate(entries):
        step(f"entry-{n}", lambda: directory.add(entry))
    ids, me = [identity(x) for x in entries], identity(subject)
    now = directory.appointed(max(directory.views.values(), key=rank), set(ids))
    in_order = ids == sorted(ids, key=lambda x: (directory.depth[x], x))
    step("newest", lambda: need(now["entry"] == evidence["newest"] and in_order))
    h = step("header", lambda: lawful_header(subject["header"]))
    inside = not h["directory"]
    view = step("directory-entry", lambda: now if inside else directory.views[h["directory"]])
    step("directory-entry", lambda: need(me in directory.headers if inside else h["dossier"] != ids[0]))
    key = owner(view, h["key"])
    step("key", lambda: need(key[0] == h["author"] and (inside or not key[2])))
    sealed_at = step("seal", lambda: check_seal(subject, h["author"], key[1]))
    step("part-0", lambda: need(subject["parts"][0]["part"] == 0))
    for part in subject["parts"]:
        step(f"part-{part['part']}", lambda: check_part(part, h))
    received = [step(f"receipt-{n}", lambda: reception(r, me, now)) for n, r in enumerate(evidence["receipts"])]
    last, withdrawn = {**h, "id": me, "in": h["dossier"] or me}, not inside and owner(now, h["key"])[2]
    for n, change in enumerate(evidence["reaffirming"]):
        last = step(f"reaffirming-{n}", lambda: follows(change, last, directory, now))
    if evidence["reaffirming"]:
        step(f"reaffirming-{n}", lambda: need(not owner(now, last["key"])[2]))
    confirmation = ("reaffirmed" if evidence["reaffirming"] else "unconfirmed") if withdrawn else "in-force"
    return {"valid": True, "id": me.hex(), "dossier": last["in"].hex(), "author": h["author"], "sequence": h["sequence"],
            "received": sorted(received), "authored_at": h["authored_at"],
            "sealed_at": sealed_at, "confirmation": confirmation}
def verdict(data, pinned):
    try:
        return verify(data, pinned)
    except ValueError as wrong:
        return {"valid": False, "reason": str(wrong)}
if __name__ == "__main__":
    found = verdict(open(sys.argv[1], "rb").read(), bytes.fromhex(sys.argv[2]) if len(sys.argv) > 2 else None)
    sys.exit(print(json.dumps(found)) or 7 * (not found["valid"]))

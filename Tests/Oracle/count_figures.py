#!/usr/bin/python3
"""Counts the figures of a year through the JSON API of a node: the written rules, version 1.

An oracle: it reads lists and dossiers, never the figures that the program counts, and shares no
code with it. Usage: count_figures.py SOCKET YEAR [AS_OF] prints one JSON object: of each figure its
number, or numerator and denominator, by region, and the records that it counts. AS_OF is a date,
the last day of the year when absent.

Principle: neither double nor lost (不重不漏). What an agency can see it counts, each event on its
own date in Asia/Shanghai, each record where it belongs.
"""
import http.client, json, socket, sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from urllib.parse import quote, urlencode

COUNTS = ("clueReferred caseFiled accountable personTimes petitionsAccepted petitionsClosed "
          "settled amount trainings").split()
RATES = ["petitionRate", "petitionOnTime"]
KINDS = ("inspection campaign upperFeedback clue petition enforcement issue meeting plan advice "
         "expertPool assessment demonstration report instrument statement").split()
# Party and governmental sanctions and organisational measures; 诫勉、通报、批评教育 count nobody.
MEASURES = {"party", "governmental", "organisational"}


class Connection(http.client.HTTPConnection):
    """HTTP over the socket of a node."""
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Node:
    """What a node answers."""
    def __init__(self, path):
        self.connection = Connection(path)

    def get(self, place, **asked):
        target = "/office/v1/" + place + ("?" + urlencode(asked) if asked else "")
        self.connection.request("GET", target, headers={"Accept": "application/json"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"{target}: {answer.status} {body.decode(errors='replace')}")
        read = json.loads(body)
        if read.get("truncated"):
            sys.exit(f"{target}: the answer is cut")
        return read

    def pages(self, place, name):
        page = 1
        while page:
            answer = self.get(place, page=page, limit=200)
            yield from answer[name]
            page = answer["next"]


class Dossier:
    """A dossier as it was at the end of a day."""
    def __init__(self, node, shown, day):
        self.id, self.kind, self.home = shown["id"], shown["kind"], shown["home"]
        self.campaign = shown["campaign"] or ""
        self.region = self.home[:6]
        self.documents = [d for d in shown["documents"] if d["issued_on"] <= day]
        self.items = shown["items"]
        self.acts = [a for a in shown["acts"] if a["standing"] != "void" and a["on"] <= day]
        self.results = list(self.standing(shown["results"], day))
        self.merged_into = None
        # What each later version of a document takes the place of.
        self.before = {d["id"]: node.get("documents/" + quote(d["id"]))["supersedes"]
                       for d in self.documents if d["version"] > 1}

    @staticmethod
    def standing(results, day):
        """What was decided and not revoked by then, each in its last version."""
        versions = defaultdict(list)
        for result in results:
            if result["state"] != "void":
                versions[result["root"]].append(result)
        for root, known in versions.items():
            # Ids begin with the time at which they were made.
            known.sort(key=lambda version: version["id"])
            revoked = [v for v in known if v["state"] == "revoked"]
            stated = [v for v in known if v["state"] != "revoked"]
            if stated and stated[-1]["on"] <= day and not any(v["on"] <= day for v in revoked):
                yield {**stated[-1], "root": root, "place": known[0]["change_set"]}

    def on(self, target, *verbs):
        return [a for a in self.acts if a["target"] == target and a["verb"] in verbs]

    def of(self, *kinds):
        return [r for r in self.results if r["kind"] in kinds]

    def in_force(self, document):
        """Since when a version of a document binds; of minutes since they were issued."""
        if document["form"] == "minutes":
            return max((a["on"] for a in self.on(document["id"], "issue")), default=None)
        return document["issued_on"]

    def binding(self):
        """The items that bind, each after those of former versions that it repeats."""
        known = {d["id"] for d in self.documents if self.in_force(d)}
        former = {document: self.former(document, known) for document in known}
        replaced = {old for versions in former.values() for old in versions}
        # What its author revoked ends with all its items.
        revoked = {a["target"] for a in self.acts if a["verb"] == "revoke"}
        for item in self.items:
            if item["document"] not in known or item["document"] in replaced | revoked:
                continue
            line = [item]
            for version in former[item["document"]]:
                same = [i for i in self.items if i["document"] == version
                        and (i["kind"], i["text"]) == (item["kind"], item["text"])]
                if not same:
                    break
                line.insert(0, same[0])
            yield line

    def former(self, document, known):
        """The versions in force before a version, the latest first."""
        found, before = [], self.before.get(document)
        while before:
            if before in known:
                found.append(before)
            before = self.before.get(before)
        return found

    def stages(self):
        """The steps of its own course: stage, act."""
        return [(a["kind"], a) for a in self.acts if a["verb"] == "advance"]


class Count:
    """The figures of a year."""
    def __init__(self, node, year, day):
        self.first, self.last, self.day = f"{year}-01-01", f"{year}-12-31", day
        self.lines = {name: [] for name in COUNTS + RATES}
        self.working = {d["day"]: d["working"] for d in node.pages("calendar", "days")}
        self.dossiers = {}
        for line in node.pages("dossiers", "dossiers"):
            shown = node.get("dossiers/" + quote(line["id"]))
            self.dossiers[line["id"]] = Dossier(node, shown, day)
        for dossier in self.dossiers.values():
            merges = [a for a in dossier.acts if a["verb"] == "merge"]
            if dossier.kind == "clue" and merges:
                dossier.merged_into = node.get("clues/" + quote(dossier.id))["merged_into"]
        self.clues()
        for dossier in self.dossiers.values():
            for rule in (self.petition, self.rectification, self.settlement, self.trainings):
                rule(dossier)

    def line(self, figure, record, region, count=1, of=0):
        self.lines.setdefault(figure, []).append((record, region, count, of))

    def in_year(self, day):
        return self.first <= day <= self.last

    # Clues and their cases

    def clues(self):
        groups = defaultdict(list)
        for dossier in self.dossiers.values():
            end, way = dossier, set()
            while end and end.merged_into and end.id not in way:
                way.add(end.id)
                end = self.dossiers.get(end.merged_into)
            if dossier.kind == "clue" and end:
                # The survivor comes first: what was merged counts in it, once.
                groups[end.id].insert(0 if end is dossier else len(groups[end.id]), dossier)
        for group in groups.values():
            self.referred(group)
            self.cases(group)

    def referred(self, group):
        """One for a clue of which a discipline body accepted a letter and keeps it."""
        found = [letter for dossier in group for letter in [self.accepted(dossier)] if letter]
        if not found:
            return
        own = [letter for letter in found if letter[2] is group[0]]
        received, document, _ = min(own or found, key=lambda line: (line[0], line[2].id))
        if self.in_year(received):
            self.line("clueReferred", document["id"], document["author"][:6])

    def accepted(self, dossier):
        """The accepted letter that was received first: date, letter, dossier."""
        found = []
        for letter in dossier.documents:
            if letter["form"] != "referral":
                continue
            receipts = [a["on"] for a in dossier.on(letter["id"], "receive")]
            competent = dossier.on(letter["id"], "assignCompetence")
            for body in self.bodies(dossier, letter):
                named = not competent or body in competent[-1]["agencies"]
                if receipts and named and not self.kept_as_duplicate(dossier, letter, body):
                    found.append((min(receipts), letter, dossier))
        return min(found, key=lambda line: (line[0], line[1]["id"]), default=None)

    @staticmethod
    def bodies(dossier, letter):
        """Who accepted any point of a letter and neither returned nor passed it on."""
        points = [i["id"] for i in dossier.items if i["document"] == letter["id"]] or ["-"]
        fates = defaultdict(dict)
        acts = dossier.on(letter["id"], "accept", "return", "forward", "agreeWithdraw")
        for act in sorted(acts, key=lambda act: act["sequence"]):
            fate = fates[act["author"]]
            for point in act["points"] or points:
                # An acceptance takes what is still open; the other fates may follow it.
                if act["verb"] != "accept" or point not in fate:
                    fate[point] = act["verb"]
        return [body for body, fate in fates.items() if "accept" in fate.values()]

    @staticmethod
    def kept_as_duplicate(dossier, letter, body):
        """Kept on file as a repetition (重复件)."""
        said = [a for a in dossier.on(letter["id"], "dispose") if a["author"] == body]
        said.sort(key=lambda act: act["sequence"])
        return bool(said) and said[-1]["kind"] == "closed" and said[-1]["reason"] == "duplicate"

    def cases(self, group):
        """Filings, accountability and persons of clues that count together."""
        filings, same = {}, defaultdict(list)
        for dossier in group:
            seen = Counter()
            for result in dossier.of("caseFiled"):
                # One filing that stands on two merged clues is one; two on one clue are two.
                mark = (result["author"], result["on"], result["document_number"])
                seen[mark] += 1
                known = same[mark]
                if len(known) < seen[mark]:
                    known.append(result["root"])
                    if self.in_year(result["on"]):
                        self.line("caseFiled", result["root"], dossier.region)
                filings[result["root"]] = known[seen[mark] - 1]
        decisions = [(r["on"], d.id, r["place"], r, d) for d in group
                     for r in d.of("sanction", "accountability")]
        accountable, persons = {}, {}
        # The first of a case counts; of one day the one with the smaller dossier and change set.
        for on, _, _, result, dossier in sorted(decisions, key=lambda line: line[:3]):
            case = filings.get(result["case"], "the clue")
            line = (on, result["root"], dossier.region)
            accountable.setdefault(case, line)
            classes = {m["class"] for m in result["measures"]}
            if result["kind"] == "sanction" and classes & MEASURES:
                persons.setdefault((case, result["person_key"]), line)
        if len(accountable) > 1:
            accountable.pop("the clue", None)
        for name, lines in (("accountable", accountable), ("personTimes", persons)):
            for on, root, region in lines.values():
                if self.in_year(on):
                    self.line(name, root, region)

    # Petitions

    def petition(self, dossier):
        """Closed of those accepted, not of those registered."""
        if dossier.kind != "petition":
            return
        accepted = closed = extended = cover = None
        since = ""
        for stage, act in dossier.stages():
            if stage in ("accepted", "registered", "transferred", "notAccepted", "guided"):
                accepted, since, extended = act if stage == "accepted" else None, act["on"], None
            elif stage == "extended":
                extended = act["due_on"]
            cover = act["target"]
        for result in dossier.of("petitionClosed"):
            closed = result["on"] if result["on"] >= since else closed
        if closed and self.in_year(closed):
            self.line("petitionsClosed", cover, dossier.region)
        if not accepted or not self.in_year(accepted["on"]):
            return
        self.line("petitionsAccepted", cover, dossier.region)
        limit = self.limit(accepted["on"], 60)
        if extended:
            limit = max(limit, min(extended, self.limit(limit, 30)))
        in_time = bool(closed) and closed <= limit
        self.line("petitionRate", cover, dossier.region, int(bool(closed)), 1)
        self.line("petitionOnTime", cover, dossier.region, int(in_time), 1)

    def limit(self, start, days):
        """So many calendar days later; from a holiday on to the next day that is none."""
        day = date.fromisoformat(start) + timedelta(days)
        while not self.working.get(day.isoformat(), day.weekday() < 5):
            day += timedelta(1)
        return day.isoformat()

    # Items

    def rectification(self, dossier):
        """Signed off of those issued, without those that a dispute cancelled."""
        groups = defaultdict(list)
        dates = {d["id"]: dossier.in_force(d) for d in dossier.documents}
        for versions in dossier.binding():
            item = versions[-1]
            name = self.rate(dossier, item["kind"])
            issued = dates[versions[0]["document"]]
            if name and issued <= self.last:
                groups[name].append((item, issued, *self.fate(dossier, versions)))
        for name, items in groups.items():
            # A dossier is in the year while anything of it is issued or open in it.
            if not any(issued >= self.first or not settled or settled >= self.first
                       for _, issued, _, settled in items):
                continue
            for item, _, verb, _ in items:
                if verb != "uphold":
                    self.line(name, item["id"], dossier.region, int(verb == "signOff"), 1)

    @staticmethod
    def rate(dossier, kind):
        if kind in ("direction", "resolution", "opinion"):
            return "itemRate." + kind
        if kind != "finding":
            return None
        campaign = dossier.campaign
        if campaign in KINDS or campaign.startswith("campaign:"):
            campaign = "campaign:" + campaign
        return "rectRate." + (campaign or dossier.kind)

    @staticmethod
    def fate(dossier, versions):
        """The last word of its issuer, and since when it is settled; what a later version repeats
        stays signed off, and begins anew in any other state."""
        verbs = ("signOff", "reopen", "uphold", "cancel", "reassign", "pass", "reject")
        for item in reversed(versions):
            said = [a for a in dossier.on(item["id"], *verbs) if a["author"] == item["issuer"]]
            last = max(said, key=lambda act: act["sequence"], default=None)
            if last and (item is versions[-1] or last["verb"] == "signOff"):
                settled = last["verb"] in ("signOff", "uphold", "cancel")
                return last["verb"], last["on"] if settled else None
            if last:
                break
        return None, None

    # Enforcement and trainings

    def settlement(self, dossier):
        """Performed or settled by the word of the court, with all that it confirmed."""
        if dossier.kind != "enforcement":
            return
        end = None
        for stage, act in dossier.stages():
            if stage in ("performed", "settled"):
                end = act
            elif stage in ("terminated", "performing"):
                end = None
        if end and self.in_year(end["on"]):
            self.line("settled", end["target"], dossier.region)
            for result in dossier.of("performed"):
                self.line("amount", result["root"], dossier.region, result["amount"])

    def trainings(self, dossier):
        for result in dossier.of("training"):
            if self.in_year(result["on"]):
                self.line("trainings", result["root"], result["author"][:6])

    def figures(self):
        figures = {}
        for name, lines in self.lines.items():
            is_rate = name.split(".")[0].endswith(("Rate", "OnTime"))
            counts, of = Counter(), Counter()
            for _, region, count, whole in lines:
                counts[region] += count
                of[region] += whole
            figures[name] = {
                "value": None if is_rate else counts.total(),
                "numerator": counts.total() if is_rate else None,
                "denominator": of.total() if is_rate else None,
                "by_region": {r: n for r, n in sorted(counts.items()) if n},
                "of_by_region": {r: n for r, n in sorted(of.items()) if n},
                "records": sorted(record for record, *_ in lines),
            }
        return figures


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or not sys.argv[2].isdigit():
        sys.exit(__doc__)
    year = int(sys.argv[2])
    day = sys.argv[3] if len(sys.argv) == 4 else f"{year}-12-31"
    node = Node(sys.argv[1])
    print(json.dumps({"agency": node.get("status")["agency"], "year": year, "as_of": day,
                      "figures": Count(node, year, day).figures()}))

"""Questions that readers type into the search, and the places that answer them: one of these must be among the first three."""

from __future__ import annotations

NEWEST, FORUM = "issues/19/v1/", "non-papers/2020-forum/v1/"
SECURITY_PAPER, UNION_PAPER, POLICY_PAPER = (
    f"policy/{name}/v1/" for name in ("2016-quest-for-security", "2019-union-state", "2022-new-foreign-policy")
)

QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # names in spellings that no text has, without diacritics, in Cyrillic
    ("Golovchenko", (f"{NEWEST}russia/#19-russia-05",)),
    ("Haloucanka Mishustin", (f"{NEWEST}russia/#19-russia-05",)),
    ("Makei Lavrov", (f"{NEWEST}russia/#19-russia-04",)),
    ("Макей Лавров", (f"{NEWEST}russia/#19-russia-04",)),
    ("Tsikhanouskaya Crimea", (f"{NEWEST}ukraine/#19-ukraine-21",)),
    ("Тихановская", (f"{NEWEST}ukraine/#19-ukraine-21",)),
    ("Лукашенко Путин", (f"{NEWEST}russia/#19-russia-03",)),
    ("Беларусь НАТО", (f"{SECURITY_PAPER}europe/", f"{SECURITY_PAPER}data/#figure-military-contacts")),
    ("Китай", ("relationships/china/", f"{NEWEST}china/")),
    # misspelt
    ("Lukashnko Putin", (f"{NEWEST}russia/#19-russia-03",)),
    ("Haloŭčnka", (f"{NEWEST}russia/#19-russia-05",)),
    ("vacine gift", (f"{NEWEST}russia/#19-russia-07",)),
    ("Ostrovets", (f"{UNION_PAPER}west-and-neighbours/#j-35",)),
    ("nuetrality Peoples Assembly", (f"{NEWEST}security/#19-security-17",)),
    ("recomendation IMF", (f"{SECURITY_PAPER}#r-6",)),
    # ids and days
    ("19-us-13", (f"{NEWEST}us/#19-us-13",)),
    ("19-security-04", (f"{NEWEST}security/#19-security-04",)),
    ("10 January 2021", (f"{NEWEST}russia/#19-russia-02", f"{NEWEST}russia/#19-russia-03")),
    ("2021-01-26", (f"{NEWEST}russia/#19-russia-05", f"{NEWEST}china/#19-china-03")),
    ("January 15, 2021", (f"{NEWEST}security/#19-security-09",)),
    # things
    ("Zapad 2021", (f"{NEWEST}security/#19-security-14",)),
    ("potash", (f"{NEWEST}russia/",)),
    ("confidence-building", (f"{FORUM}#p-25",)),
    ("Open Skies", (f"{NEWEST}security/#19-security-09", f"{NEWEST}security/#open-skies-and-strategic-arms")),
    ("nuclear power plant loan", (f"{NEWEST}russia/#19-russia-21",)),
    ("recommendations to the government on energy", (f"{SECURITY_PAPER}#r-9",)),
    ("trade with China", (f"{NEWEST}data/#figure-china-trade", "trade/")),
    ("structure of GDP", (f"{POLICY_PAPER}analysis/#chart-structure-gdp-structure-2021", f"{POLICY_PAPER}data/#figure-gdp-structure-2021")),
    ("how are scores given", ("method/#scores-of-events",)),
    ("Minsk Barometer 19", (NEWEST,)),
)
"""What is typed, and the beginnings of the paths of the right places."""
FEWEST = 27
"""How many must be answered."""

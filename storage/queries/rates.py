"""How fast a platform lets us send: token buckets that all bots share, each kept as one moment.

`rates_full_at[n]` is when bucket n of a conversation or connection is full again if nothing more
is taken; NULL or past: it is full. It refills continuously by the database's clock, so that
nothing has to run for it. A row's array is judged and written only by who has locked the row.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

SEND, UPDATE, REMOVE = "send", "update", "remove"
METHODS = (SEND, UPDATE, REMOVE)

ENOUGH = 0.001
"""Seconds: what is nearer than this is now. Moments are whole microseconds, rates are not."""


@dataclass(frozen=True)
class Bucket:
    """Bucket `n` of a platform, counted from 1: holds `burst`, gets one back in `every` seconds.

    `per`: each conversation or each connection has its own. `methods`: what takes from it.
    """

    platform: str
    n: int
    per: str
    methods: tuple[str, ...]
    burst: int
    every: float


def as_json(buckets: Sequence[Bucket]) -> str:
    """Buckets as statements take them."""
    return json.dumps([asdict(each) for each in buckets])


RATES = """rates AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset(CAST(:rates AS jsonb))
    AS r(platform text, n int, per text, methods text[], burst int, every double precision)
)"""


def wait(full_at: str, per: str, method: str, now: str, also: str = "true") -> str:
    """How many seconds until there is a token for the method; 0 or less: there is."""
    return f"""coalesce((
      SELECT max(extract(epoch FROM {full_at}[r.n] - {now})::double precision
                 - (r.burst - 1) * r.every)
      FROM rates r WHERE r.per = '{per}' AND {method} = ANY(r.methods) AND {also}), 0)"""


def spent(full_at: str, per: str, method: str, now: str) -> str:
    """The array after one token more was taken for the method."""
    return f"""(SELECT array_agg(
      CASE WHEN r.per = '{per}' AND {method} = ANY(r.methods)
        THEN greatest({full_at}[r.n], {now}) + make_interval(secs => r.every)
        ELSE {full_at}[r.n] END ORDER BY r.n) FROM rates r)"""


def emptied(full_at: str, per: str, method: str) -> str:
    """The array where the method has its next token in `:seconds`, and then only its rate."""
    return f"""(SELECT array_agg(
      CASE WHEN r.per = '{per}' AND {method} = ANY(r.methods)
        THEN greatest({full_at}[r.n], clock_timestamp() + make_interval(
          secs => CAST(:seconds AS double precision) + (r.burst - 1) * r.every))
        ELSE {full_at}[r.n] END ORDER BY r.n) FROM rates r)"""

"""`onrecord capture`: photographs, videos and live streams as evidence."""

from __future__ import annotations

import click

from onrecord.cli.options import existing_record, record_option
from onrecord.cli.terminal import say


@click.command(short_help="Record a photograph, video or stream for an incident or truce.")
@click.argument("source")
@click.option("--for", "subject", metavar="ID", required=True, help="The incident (i…) or truce (t…) that it shows.")
@click.option(
    "--minutes", type=click.FloatRange(min=0.05), help="How long to record a stream. [default: a day at most]"
)
@record_option
def capture(record_at: str | None, source: str, subject: str, minutes: float | None) -> None:
    """Record what SOURCE shows, as evidence on an incident or a truce.

    SOURCE is a photograph or video (a file or an address), or a live stream: HLS (.m3u8), Motion JPEG over HTTP, or
    RTSP. Every byte is kept as it came. A stream is kept in parts of some seconds, whose hashes enter the journal as
    they are written, so that a cut or an edit shows; where it drops it is tried again, and the gap is on record. RTSP
    and what files say of their time and place need the extra: pip install 'onrecord[media]'.

    \b
    onrecord capture https://cam.example.org/live.m3u8 --for t9c2e --minutes 30
    onrecord capture photo.jpg --for i3f2a
    """
    from onrecord.archive.media import media_of, record_media
    from onrecord.views.words import counted

    with existing_record(record_at) as record:
        made = record_media(record, source, subject, minutes=minutes)
        medium = next(medium for medium in media_of(record, subject) if medium.id == made)
    parts = sum(part.kind == "part" for part in medium.parts)
    gaps = sum(part.kind == "gap" for part in medium.parts)
    missing = f", with {counted(gaps, 'gap')}" if gaps else ""
    say(f"Recorded {medium.id}: a {medium.kind} in {counted(parts, 'part')}{missing}; {medium.parts[-1].why}.")
    for name, claim in medium.claims.items():
        say(f"The file claims, which nobody verified: {name} {claim}")

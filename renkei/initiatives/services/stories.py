"""Stories for everyone: writing, pictures, approval, taking them off the public pages again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.documents.services import forget, keep, look_at
from renkei.initiatives import events
from renkei.initiatives.changes import tell_work_changed
from renkei.initiatives.models import Story, StoryPicture
from renkei.initiatives.refusals import StoryRefused
from renkei.initiatives.story_facts import StoryFacts
from renkei.initiatives.vocabulary import Publicity
from renkei.municipalities.public_id import new_public_id
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name

MOST_PICTURES = 10


@transaction.atomic
def write_story(
    agreement: Agreement, facts: StoryFacts, *, by: User, at: datetime, public_id: str = ""
) -> Story:
    """Write a story, which only staff see; with a public id that was used before the story of it is given back."""
    _refuse_wrong(facts, at)
    mine = Story.objects.of(agreement.municipality)
    if public_id and (known := mine.filter(public_id=public_id).first()):
        return known
    story = Story.objects.create(
        municipality=agreement.municipality,
        public_id=public_id or new_public_id(),
        agreement=agreement,
        fiscal_year=facts.fiscal_year,
        title=facts.title.strip(),
        text=facts.text.strip(),
        written_by=by,
        written_at=at,
        is_sample=agreement.is_sample,
    )
    _tell(events.STORY_WRITTEN, story, by)
    return story


@transaction.atomic
def edit_story(story: Story, facts: StoryFacts, *, by: User, at: datetime) -> None:
    """Write it anew; what was public waits for approval again, because everyone would read what nobody approved."""
    _refuse_wrong(facts, at)
    _claim(story)
    story.fiscal_year, story.title, story.text = facts.fiscal_year, facts.title.strip(), facts.text.strip()
    story.written_by, story.written_at = by, at
    _unapprove(story)
    story.save()
    _tell(events.STORY_EDITED, story, by)


@transaction.atomic
def add_picture(
    story: Story, content: bytes, *, name: str, description: str, by: User, public_id: str = ""
) -> StoryPicture:
    """Put a picture at the end of the story, with what it shows in words."""
    if not description.strip():
        raise StoryRefused(_("写真の説明を入れてください。見えない人にも、何の写真かが伝わります。"))
    kind, _digest = look_at(content)
    if not kind.startswith("image/"):
        raise StoryRefused(_("写真(PNGかJPEG)だけを付けられます。写真の形式で保存し直してください。"))
    if public_id and (known := story.pictures.filter(document__public_id=public_id).first()):
        return known
    if story.pictures.count() >= MOST_PICTURES:
        raise StoryRefused(
            _("写真は%(most)s枚までです。どれかを外してから付けてください。") % {"most": MOST_PICTURES}
        )
    _claim(story)
    document = keep(content, name=name, municipality=story.municipality)
    if public_id:
        document.public_id = public_id
        document.save(update_fields=["public_id"])
    last = story.pictures.aggregate(last=Max("position"))["last"] or 0
    picture = StoryPicture.objects.create(
        story=story, document=document, description=description.strip(), position=last + 1
    )
    _unapprove(story)
    story.save()
    _tell(events.STORY_PICTURE_ADDED, story, by, description=picture.description)
    return picture


@transaction.atomic
def remove_picture(picture: StoryPicture, *, by: User) -> None:
    """Take a picture out of the story; its file is erased."""
    story, document = picture.story, picture.document
    _claim(story)
    description = picture.description
    picture.delete()
    forget(document)
    _tell(events.STORY_PICTURE_REMOVED, story, by, description=description)


@transaction.atomic
def propose_story(story: Story, *, by: User) -> None:
    """Ask the coordinating division to approve that everyone reads it."""
    if story.publicity == Publicity.PUBLISHED:
        raise StoryRefused(_("この紹介は、もう公開されています。"))
    if story.publicity == Publicity.PROPOSED:
        return
    _claim(story)
    story.publicity = Publicity.PROPOSED
    story.save()
    _tell(events.STORY_PROPOSED, story, by)


@transaction.atomic
def approve_stories(stories: Sequence[Story], *, by: User, at: datetime) -> None:
    """Show them to everyone from now on."""
    for story in stories:
        if not story.agreement.is_published:
            raise StoryRefused(
                _("「%(story)s」の協定は公開されていません。先に協定を公開してください。") % {"story": story}
            )
        if story.publicity == Publicity.PUBLISHED:
            continue
        _claim(story)
        story.publicity, story.approved_by, story.approved_at = Publicity.PUBLISHED, by, at
        story.save()
        _tell(events.STORY_APPROVED, story, by)


@transaction.atomic
def withdraw_story(story: Story, *, reason: str, by: User) -> None:
    """Take it off the public pages, or back from those who are to approve it."""
    if story.publicity == Publicity.INTERNAL:
        raise StoryRefused(_("この紹介は公開されていません。"))
    if not reason.strip():
        raise StoryRefused(_("公開をやめる理由を入れてください。例: 写真を差し替えるため"))
    _claim(story)
    story.publicity, story.approved_by, story.approved_at = Publicity.INTERNAL, None, None
    story.save()
    _tell(events.STORY_WITHDRAWN, story, by, reason=reason.strip())


@transaction.atomic
def remove_story(story: Story, *, by: User) -> None:
    """Erase a story that is not public, with its pictures."""
    if story.publicity == Publicity.PUBLISHED:
        raise StoryRefused(_("公開中の紹介は消せません。先に公開をやめてください。"))
    _claim(story)
    documents = [picture.document for picture in story.pictures.select_related("document")]
    _tell(events.STORY_REMOVED, story, by)
    story.delete()
    for document in documents:
        forget(document)


def _claim(story: Story) -> None:
    """Take the story as of the version that was read, or refuse."""
    if not Story.objects.claim(story):
        raise StoryRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))


def _unapprove(story: Story) -> None:
    if story.publicity == Publicity.PUBLISHED:
        story.publicity, story.approved_by, story.approved_at = Publicity.PROPOSED, None, None


def _refuse_wrong(facts: StoryFacts, at: datetime) -> None:
    if not facts.title.strip():
        raise StoryRefused(_("見出しを入れてください。例: 高齢者向けスマホ教室に143人が参加"))
    if not facts.text.strip():
        raise StoryRefused(_("本文を入れてください。何をして、どうなったかを書きます。"))
    if facts.fiscal_year > fiscal_year(timezone.localdate(at)):
        raise StoryRefused(
            _("%(year)sはまだ始まっていません。年度を確かめてください。")
            % {"year": fiscal_year_name(facts.fiscal_year)}
        )


def _tell(event: Event, story: Story, by: User, *, reason: str = "", description: str = "") -> None:
    tell_work_changed([story.agreement_id])
    record(event, by, story, municipality=story.municipality, reason=reason, description=description)

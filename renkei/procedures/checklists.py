"""What is checked in each step: the standard lines, and those that the town has added.

The lines of the second step are the fairness checklist: an agreement gives nobody an exclusive advantage.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renkei.procedures.course import Course
from renkei.procedures.vocabulary import STEPS, Stage

STANDARD: dict[Stage, tuple[str | Promise, ...]] = {
    Stage.COORDINATION: (
        _("公平性: 特定の相手だけを有利にしない。ほかの相手から同じ申出があれば同じように扱える"),
        _("公序良俗: 法令と公の秩序に反しない"),
        _("暴力団排除: 相手方が暴力団や暴力団員と関わりを持たないことを確かめた"),
        _("政治・宗教: 特定の政治や宗教の活動にならない"),
        _("費用負担: 市に新しい費用が生じない。生じるときは予算の手当てを確かめた"),
        _("個人情報: 取り扱うかどうか、取り扱うときの守り方を確かめた"),
        _("秘密保持: 公開できない内容の範囲を確かめた"),
    ),
    Stage.SIGNING: (
        _("日時と場所を両者で決めた"),
        _("出席者と署名する人を両者で確かめた"),
        _("協定書を必要な通数だけ用意した"),
        _("報道機関への知らせと公開の日を決めた"),
    ),
}


def lines_of(course: Course) -> dict[Stage, list[str]]:
    """The lines of each step for a procedure of this course."""
    return {
        stage: [*(str(line) for line in STANDARD.get(stage, ())), *course.checks.get(stage, ())]
        for stage in STEPS
    }

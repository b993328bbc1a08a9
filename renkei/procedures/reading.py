"""The list of initiatives by item, and as plain text."""

from dataclasses import dataclass

from renkei.procedures.contents import InitiativeList, InitiativeRow


@dataclass(frozen=True)
class ItemOfList:
    """An item of the list with its number and its initiatives."""

    number: str
    heading: str
    rows: tuple[InitiativeRow, ...]


def list_by_item(initiatives: InitiativeList) -> list[ItemOfList]:
    """The list by item, items without an initiative too."""
    return [
        ItemOfList(f"({place})", heading, tuple(row for row in initiatives.rows if row.item == place))
        for place, heading in enumerate(initiatives.items, start=1)
    ]


def plain_list(initiatives: InitiativeList) -> str:
    """The list as plain lines."""
    lines = []
    for item in list_by_item(initiatives):
        lines.append(f"{item.number} {item.heading}")
        for row in item.rows:
            lines.append(f"  ■ {row.title}")
            lines += [f"    {label}: {value}" for label, value in parts_of(row)]
        lines.append("")
    return "\n".join(lines).strip() + "\n"


def parts_of(row: InitiativeRow) -> list[tuple[str, str]]:
    """What a row says beside its title, in words; empty ones are left out."""
    parts = (
        ("担当課", row.division),
        ("市の役割", row.town_part),
        ("相手方の役割", row.partner_part),
        ("時期", row.timing),
    )
    return [(label, value) for label, value in parts if value]

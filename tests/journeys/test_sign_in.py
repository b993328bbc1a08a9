"""Signing in with the keyboard alone: an app, recovery codes, a passkey of the browser, the warning before the end."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from renkei.accounts.factors import Passkey
from renkei.accounts.models import RequiredFactor, Role
from renkei.accounts.totp import code_at
from tests.factories import PASSWORD, a_municipality, a_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def watched(page: Page) -> Page:
    """A page whose errors and breaches of policy are written down."""
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda told: page.wrong.append(told.text) if "Content Security" in told.text else None)
    return page


@pytest.fixture
def device(watched: Page) -> None:
    """A passkey device in the browser that says yes to its person."""
    session = watched.context.new_cdp_session(watched)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


def enter(page: Page) -> None:
    """Press Enter, and wait for the page that follows."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, name: str, role: str = "button") -> None:
    """Go with the Tab key to what has this name, and press Enter."""
    for _ in range(80):
        page.keyboard.press("Tab")
        told = page.evaluate("[document.activeElement.tagName, document.activeElement.textContent.trim()]")
        if told[0] == {"button": "BUTTON", "link": "A"}[role] and told[1] == name:
            enter(page)
            return
    raise AssertionError(f"The Tab key does not lead to {name}.")


def sign_in(page: Page, name: str = "tanto") -> None:
    page.goto("/desk/sign-in/")
    expect(page.get_by_label("サインイン名")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    enter(page)


def test_whoever_must_have_two_sets_up_an_app_and_comes_in_with_it(watched):
    RequiredFactor.objects.create(municipality=a_municipality(), role=Role.COORDINATOR)
    user = a_user()
    sign_in(watched)
    expect(watched.get_by_text("あなたの役割には")).to_be_visible()
    press(watched, "認証アプリを登録する", "link")
    secret = watched.locator("code").inner_text().replace(" ", "")
    assert watched.get_by_role("img", name="認証アプリで読み取る図").bounding_box()["width"] > 200
    watched.get_by_label("アプリに出た6桁の数字").focus()
    watched.keyboard.type(code_at(secret, int(timezone.now().timestamp()) // 30))
    enter(watched)
    press(watched, "予備コードを作る")
    codes = watched.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    press(watched, "しまいました。設定に進む", "link")
    press(watched, "サインアウト")
    sign_in(watched)
    expect(watched.get_by_role("heading", name="サインインの確認")).to_be_visible()
    watched.keyboard.type(codes[3])
    enter(watched)
    expect(watched.get_by_role("heading", level=1)).to_contain_text("の連携協定")
    assert user.recovery_codes.filter(used_at=None).count() == 9
    assert watched.wrong == []


def test_a_passkey_is_made_signs_in_alone_and_is_taken_away_by_itself(watched, device):
    user = a_user()
    sign_in(watched)
    watched.goto("/desk/security/passkeys/")
    watched.get_by_label("呼び名").focus()
    watched.keyboard.type("職場のパソコン")
    press(watched, "パスキーを登録する")
    expect(watched.get_by_role("status").first).to_contain_text("パスキーを登録しました")
    press(watched, "サインアウト")
    press(watched, "パスキーでサインインする")
    expect(watched.get_by_role("heading", level=1)).to_contain_text("の連携協定")
    assert Passkey.objects.get(user=user).used_at
    watched.goto("/desk/security/")
    press(watched, "「職場のパソコン」を外す", "link")
    press(watched, "パスキーで確かめる")
    press(watched, "外す")
    expect(watched.get_by_role("status").first).to_contain_text("を外しました")
    assert not Passkey.objects.exists()
    assert watched.wrong == []


def test_a_password_is_followed_by_the_passkey_where_there_is_one(watched, device):
    a_user()
    sign_in(watched)
    watched.goto("/desk/security/passkeys/")
    press(watched, "パスキーを登録する")
    expect(watched.get_by_role("heading", name="予備コード")).to_be_visible()
    press(watched, "サインアウト")
    sign_in(watched)
    press(watched, "パスキーで確かめる")
    expect(watched.get_by_role("heading", level=1)).to_contain_text("の連携協定")


def test_the_warning_before_the_end_is_announced_and_one_key_goes_on(watched, settings):
    settings.IDLE_SECONDS, settings.IDLE_WARNING_SECONDS = 24, 22
    a_user()
    sign_in(watched)
    watched.goto("/desk/agreements/")
    box = watched.get_by_role("searchbox").first
    box.focus()
    watched.keyboard.type("災害")
    dialog = watched.get_by_role("alertdialog")
    expect(dialog).to_be_visible(timeout=8000)
    expect(dialog).to_have_attribute("aria-labelledby", "idle-title")
    assert watched.evaluate("document.activeElement.textContent") == "続ける"
    with watched.expect_response(re.compile("/session/extend/")) as extended:
        watched.keyboard.press("Enter")
    assert extended.value.json()["left"] == 24
    expect(dialog).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("災害")
    expect(dialog).to_be_visible(timeout=8000)
    watched.keyboard.press("Escape")
    expect(box).to_be_focused()
    assert watched.wrong == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_of_signing_in_fit_their_window(watched, width):
    a_user()
    watched.set_viewport_size({"width": width, "height": 844})
    sign_in(watched)
    for address in (
        "security/",
        "security/app/",
        "security/passkeys/",
        "security/password/",
        "sign-in/policy/",
    ):
        watched.goto(f"/desk/{address}")
        assert watched.evaluate("document.documentElement.scrollWidth") <= width, address

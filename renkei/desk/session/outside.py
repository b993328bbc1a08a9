"""Signing in at the town's identity provider: there and back, by OpenID Connect or by SAML."""

import logging
import secrets
from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from renkei.accounts import provider, saml
from renkei.desk.session.entering import let_in, visit_of
from renkei.desk.session.sign_in import stop_half_way
from renkei.people.services.sign_in import How, SignInRefused, person_told_by_provider

log = logging.getLogger(__name__)
ASKING, SAML_ASKING = "provider_asking", "saml_asking"
TICKET = "renkei.desk.session.saml"
TICKET_LASTS = 60


@require_POST
@never_cache
def provider_ask(request: HttpRequest) -> HttpResponse:
    """On to the provider."""
    known = provider.configured()
    if known is None:
        raise Http404
    asking = provider.Asking.new()
    try:
        place = provider.address_to_ask(known, asking, back=_back(request))
    except provider.ProviderRefused as refusal:
        return _not_let_in(request, refusal)
    request.session[ASKING] = {**asdict(asking), **_wanted(request)}
    return redirect(place)


@never_cache
def provider_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: the answer must belong to this browser's question."""
    known, remembered = provider.configured(), request.session.pop(ASKING, None)
    if known is None:
        raise Http404
    state = request.GET.get("state", "")
    is_ours = remembered and secrets.compare_digest(state.encode(), remembered["state"].encode())
    if not is_ours or request.GET.get("iss", known.issuer) != known.issuer:
        return _not_let_in(request, "an answer to no question of this browser")
    asking = provider.Asking(remembered["state"], remembered["nonce"], remembered["verifier"])
    try:
        name = provider.name_told(known, asking, request.GET.get("code", ""), back=_back(request))
    except provider.ProviderRefused as refusal:
        return _not_let_in(request, refusal)
    return _come_in(request, name, remembered)


@require_POST
@never_cache
def saml_ask(request: HttpRequest) -> HttpResponse:
    """On to the provider that speaks SAML."""
    if not saml.is_configured():
        raise Http404
    place, question = saml.question(_here(request))
    request.session[SAML_ASKING] = {"question": question, **_wanted(request)}
    return redirect(place)


@csrf_exempt
@require_POST
@never_cache
def saml_answer(request: HttpRequest) -> HttpResponse:
    """The provider's signed answer; it comes from another site, so the browser's session is looked at one step on."""
    if not saml.is_configured():
        raise Http404
    try:
        told = saml.told_by(_here(request), request.POST.dict())
    except saml.SamlRefused as refusal:
        return _not_let_in(request, refusal)
    ticket = signing.dumps(asdict(told), salt=TICKET)
    return redirect(f"{reverse('desk:sign_in_saml_back')}?{urlencode({'ticket': ticket})}")


@never_cache
def saml_back(request: HttpRequest) -> HttpResponse:
    """The answer must belong to this browser's question, and is taken once."""
    remembered = request.session.pop(SAML_ASKING, None)
    try:
        told = signing.loads(request.GET.get("ticket", ""), salt=TICKET, max_age=TICKET_LASTS)
    except signing.BadSignature as wrong:
        return _not_let_in(request, wrong)
    if not remembered or remembered["question"] != told["question"]:
        return _not_let_in(request, "an answer to no question of this browser")
    return _come_in(request, told["name"], remembered)


def saml_metadata(request: HttpRequest) -> HttpResponse:
    """What the provider must know of us."""
    if not saml.is_configured():
        raise Http404
    return HttpResponse(saml.metadata(_here(request)), content_type="application/samlmetadata+xml")


def _come_in(request: HttpRequest, name: str, remembered: dict[str, str]) -> HttpResponse:
    try:
        user = person_told_by_provider(name, visit_of(request))
    except SignInRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:sign_in")
    wanted = remembered["next"]
    if settings.PROVIDER_PROVES_TWO:
        return let_in(request, user, How.PROVIDER, wanted, proved=True)
    return stop_half_way(request, user, How.PROVIDER, wanted) or let_in(request, user, How.PROVIDER, wanted)


def _not_let_in(request: HttpRequest, why: object) -> HttpResponse:
    log.warning("Nobody was let in by the identity provider: %s", why)
    messages.error(
        request,
        _("庁内の認証基盤でサインインできませんでした。もう一度試すか、パスワードでサインインしてください。"),
    )
    return redirect("desk:sign_in")


def _wanted(request: HttpRequest) -> dict[str, str]:
    return {"next": request.POST.get("next", "")}


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("desk:sign_in_provider_back"))


def _here(request: HttpRequest) -> saml.Here:
    return saml.Here(
        is_https=request.is_secure(),
        host=request.get_host(),
        path=request.path,
        metadata=request.build_absolute_uri(reverse("desk:sign_in_saml_metadata")),
        answers=request.build_absolute_uri(reverse("desk:sign_in_saml_answer")),
    )

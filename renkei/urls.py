"""Addresses: a door that is not in `settings.DOORS` has none in this process."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [path("language/", include("django.conf.urls.i18n"))]

if "desk" in settings.DOORS:
    urlpatterns.append(path("desk/", include("renkei.desk.urls")))
if "counter" in settings.DOORS:
    urlpatterns.append(path("counter/", include("renkei.counter.urls")))
if "portal" in settings.DOORS:
    urlpatterns.append(path("", include("renkei.portal.urls")))
elif settings.DOORS:
    first_door = f"/{settings.DOORS[0]}/"
    urlpatterns.append(path("", RedirectView.as_view(url=first_door)))

"""Addresses of stories for everyone."""

from django.urls import path

from renkei.desk.stories import verbs, views

urlpatterns = [
    path("stories/", views.listing, name="stories"),
    path("stories/new/", views.choose, name="story_choose"),
    path("stories/new/<slug:public_id>/", verbs.new, name="story_new"),
    path("stories/<slug:public_id>/", views.page, name="story"),
    path("stories/<slug:public_id>/edit/", verbs.edit, name="story_edit"),
    path("stories/<slug:public_id>/propose/", verbs.propose, name="story_propose"),
    path("stories/<slug:public_id>/approve/", verbs.approve, name="story_approve"),
    path("stories/<slug:public_id>/withdraw/", verbs.withdraw, name="story_withdraw"),
    path("stories/<slug:public_id>/remove/", verbs.remove, name="story_remove"),
    path("stories/<slug:public_id>/pictures/new/", verbs.add_picture, name="story_picture_new"),
    path("stories/<slug:public_id>/pictures/<slug:document_id>/", views.picture, name="story_picture"),
    path(
        "stories/<slug:public_id>/pictures/<slug:document_id>/remove/",
        verbs.remove_picture,
        name="story_picture_remove",
    ),
]

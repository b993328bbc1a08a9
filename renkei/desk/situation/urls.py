"""Addresses of the board, the map, the record, papers and the end of incidents."""

from django.urls import path

from renkei.desk.situation import ending, requests, views

ONE = "incidents/<slug:public_id>/"
REQUEST = "requests/<slug:public_id>/"

urlpatterns = [
    path("lessons/", ending.lesson_list, name="lessons"),
    path("lessons/<slug:public_id>/settle/", ending.lesson_settle, name="lesson_settle"),
    path(f"{ONE}board/", views.board, name="incident_board"),
    path(f"{ONE}map/", views.show_map, name="incident_map"),
    path(f"{ONE}record/", views.record, name="incident_record"),
    path(f"{ONE}costs/", views.costs, name="incident_costs"),
    path(f"{ONE}report.pdf", views.report, name="incident_report"),
    path(f"{ONE}files/<slug:what>.<slug:form>", views.file, name="incident_file"),
    path(f"{ONE}handovers/", ending.handover_new, name="incident_handover"),
    path(f"{ONE}handovers/<slug:handover_id>/", ending.handover, name="incident_handover_page"),
    path(f"{ONE}unplaced/<slug:record_id>/", requests.unplaced, name="incident_unplaced"),
    path(f"{ONE}close/", ending.close, name="incident_close"),
    path(f"{ONE}reopen/", ending.reopen, name="incident_reopen"),
    path(f"{ONE}review/", ending.review, name="incident_review"),
    path(f"{ONE}lessons/new/", ending.lesson_new, name="lesson_new"),
    path(f"{REQUEST}paper/", requests.paper, name="help_request_paper"),
    path(f"{REQUEST}send/", requests.send, name="help_request_send"),
    path(f"{REQUEST}call-back/", requests.call_back, name="help_request_call_back"),
    path(f"{REQUEST}settle/", requests.settle, name="help_request_settle"),
]

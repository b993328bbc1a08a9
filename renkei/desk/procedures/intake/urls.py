"""Addresses of intake: what came, the hearing, the partner, the window, the items."""

from django.urls import path

from renkei.desk.procedures.intake import deciding, hearing, items, taking

urlpatterns = [
    path("new/", taking.new, name="proposal_new"),
    path("<slug:public_id>/proposal/", taking.proposal, name="procedure_proposal"),
    path("<slug:public_id>/proposal/files/<slug:document_id>/", taking.enclosure, name="procedure_enclosure"),
    path("<slug:public_id>/hearing/", hearing.hearing, name="procedure_hearing"),
    path("<slug:public_id>/hearing/<slug:hearing_id>/", hearing.correct, name="procedure_hearing_correct"),
    path("<slug:public_id>/similar/", hearing.similar, name="procedure_similar"),
    path("<slug:public_id>/partner/", deciding.partner, name="procedure_partner"),
    path("<slug:public_id>/partner/new/", deciding.partner_new, name="procedure_partner_new"),
    path("<slug:public_id>/window/", deciding.window, name="procedure_window"),
    path("<slug:public_id>/items/", items.items, name="procedure_items"),
    path("<slug:public_id>/items/<slug:item_id>/", items.change, name="procedure_item"),
    path("<slug:public_id>/items/<slug:item_id>/drop/", items.drop, name="procedure_item_drop"),
    path("<slug:public_id>/items/<slug:item_id>/back/", items.bring_back, name="procedure_item_back"),
    path("<slug:public_id>/items/<slug:item_id>/order/", items.order, name="procedure_item_order"),
    path("<slug:public_id>/items/<slug:item_id>/agree/", items.agree, name="procedure_item_agree"),
]

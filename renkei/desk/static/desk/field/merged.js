// What is known on the server, with what was recorded here and is not sent yet.
const AFTER = { asked: "asked", accepted: "accepted", partly: "partly", declined: "declined", departed: "departed",
  arrived: "arrived", short: "short", returned: "returned", settled: "settled", cancelled: "cancelled" };

export function merged(register, entries) {
  const incidents = structuredClone(register.incidents);
  const partners = new Map(register.partners.map((one) => [one.id, one.name]));
  const records = entries.filter((entry) => entry.by === register.person.id).map((entry) => entry.record);
  const needs = new Map(), requests = new Map();
  for (const incident of incidents) {
    for (const need of incident.needs) {
      needs.set(need.id, need);
      for (const request of need.requests) requests.set(request.id, request);
    }
  }
  const add = {
    incident(one) {
      if (!incidents.some((known) => known.id === one.id)) incidents.unshift({ ...one, opened_at: one.at, isUnsent: true, needs: [] });
    },
    need(one) {
      const incident = incidents.find((known) => known.id === one.incident);
      if (!incident || needs.has(one.id)) return;
      const district = register.districts.find((known) => known.id === one.district);
      const need = { ...one, number: null, where: [district?.name, one.place].filter(Boolean).join(" "), state: "open", requests: [], calls: [], isUnsent: true };
      needs.set(one.id, need);
      incident.needs.push(need);
    },
    request(one) {
      if (requests.has(one.id)) return;
      const request = { ...one, name: partners.get(one.partner) ?? "", state: "planned", promised: null, arrived: null, isUnsent: true };
      requests.set(one.id, request);
      needs.get(one.need)?.requests.push(request);
    },
    step(one) {
      const request = requests.get(one.request);
      if (request) Object.assign(request, { state: AFTER[one.step] ?? request.state, isUnsent: true });
    },
    call(one) {
      const need = needs.get(one.need);
      if (need && !need.calls.some((known) => known.id === one.id)) need.calls.push({ ...one, name: partners.get(one.partner) ?? "", isUnsent: true });
    },
    note() {},
  };
  for (const one of records) add[one.record]?.(one);
  return incidents;
}

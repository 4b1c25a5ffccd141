// Promise chain with finally; token used here only
const API = "https://api.mypurecloud.com/api/v2";
const token = () => new Promise((resolve) => window.PureCloud.User.getAuthToken(resolve));
const call = (path) => token().then((t) => fetch(API + path, { headers: { Authorization: "Bearer " + t } })).then((r) => (r.ok ? r.json() : Promise.reject(new Error(r.status))));
window.Framework = {
  config: { name: "supervise", clientIds: { "mypurecloud.com": "s" }, customInteractionAttributes: ["team"], settings: { searchTargets: ["people", "frameworkContacts"] } },
  initialSetup() { call("/users/me").then((me) => { window.me = me; }).catch((e) => console.error(e)); },
  screenPop(search) { console.info("pop", search); },
  contactSearch(text, onSuccess, onFailure) {
    call("/users?pageSize=5").then(({ entities }) => entities.filter((u) => u.name.includes(text)).map((u) => ({ type: "external", name: u.name, phone: [{ number: "+15550100", label: "Work" }] }))).then(onSuccess).catch(() => onFailure("not found"));
  },
};

crmDomain = new URLSearchParams(window.location.search).get("crm_domain");
const post = (type, data) => crmDomain && window.parent.postMessage(JSON.stringify({ type, data }), crmDomain);
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup: () => {
		post("initialSetup", { domain: this.crmDomain });
	},
	screenPop: (searchString, interaction) => post("screenPop", { searchString, interaction }),
};

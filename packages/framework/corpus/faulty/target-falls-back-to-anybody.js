const host = new URLSearchParams(location.search).get("crm_domain") || "*";
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop(searchString, interaction) {
		window.parent.postMessage(JSON.stringify({ type: "screenPop", data: { searchString, interaction } }), host); //! message.target.any
	},
};

window.Framework = {
	config: { name: "pattern", clientIds: {}, customInteractionAttributes: ["CaseId", "tier"] },
	screenPop: function (searchString, { id, attributes: { CaseId, tier } = {} }) { //! attribute.case
		window.open("https://crm.example.com/" + (CaseId || tier || searchString) + "?call=" + id, "record");
	},
};

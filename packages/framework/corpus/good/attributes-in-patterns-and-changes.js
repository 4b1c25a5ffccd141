window.Framework = {
	config: { name: "patterns", clientIds: {}, customInteractionAttributes: ["CaseId", "Tier"] },
	initialSetup: function () {
		window.PureCloud.subscribe([
			{ type: "Interaction", callback: (category, data) => console.log((data.new || data).attributes?.caseid) },
			{ type: "Interaction", categories: ["change"], callback: (category, { old, new: now }) => console.log(old.id, now.id) },
		]);
	},
	screenPop: function (searchString, { id, attributes: { caseid, tier } = {} }) {
		window.open(`https://crm.example.com/${caseid || tier || searchString}?call=${id}`, "record");
	},
	openCallLog: (callLog, { attributes = {} }) => window.open(`https://crm.example.com/logs/${callLog.id}?${attributes.caseid}`),
};

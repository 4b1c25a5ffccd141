window.Framework = {
	config: { name: "change", clientIds: {}, customInteractionAttributes: ["CaseId"] },
	initialSetup: function () {
		window.PureCloud.subscribe([
			{
				type: "Interaction",
				categories: ["change"],
				callback: function (category, data) {
					var next = data.new || data;
					document.title = next.attributes.CaseId || "none"; //! attribute.case
				},
			},
		]);
	},
};

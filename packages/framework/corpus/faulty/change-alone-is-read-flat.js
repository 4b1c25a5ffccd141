window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup() {
		window.PureCloud.subscribe([
			{
				type: "Interaction",
				categories: ["change"],
				callback: (category, data) => {
					if (data.state === "CONNECTED") console.log(category, "somebody talks"); //! payload.change.flat
				},
			},
		]);
	},
};

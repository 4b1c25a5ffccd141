window.Framework = {
	config: {
		name: "rules",
		clientIds: { "mypurecloud.com": "0a0a0a0a-0000-4000-8000-000000000001" },
		settings: { isolation: true },
	},
	screenPop(searchString, interaction) {
		const button = { id: `open-${interaction.id}`, text: searchString };
		const rest = { text: "Open", id: interaction.id };
		window.PureCloud.Inlay.request("arrangeUi", {
			ui: {
				add: { callControls: [button, { ...rest, interactionId: interaction.id }] },
				groups: [{ groups: [interaction.queueName], hide: { menu: ["callLog"] } }],
			},
		}).catch(() => undefined);
		window.parent.postMessage({ type: "pop", id: interaction.id }, "https://crm.example.com");
	},
};

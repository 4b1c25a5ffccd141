const cache = new Map();
window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true } },
	processCallLog(callLog, interaction, eventName, onSuccess, onFailure) {
		const fail = (why) => {
			console.warn(why);
			onFailure();
		};
		if (interaction.isInternal) return fail("internal");
		switch (eventName) {
			case "openCallLog":
				onSuccess({ id: cache.get(interaction.id) });
				break;
			case "interactionDisconnected":
				cache.set(interaction.id, callLog.id || Date.now());
				onSuccess({ id: cache.get(interaction.id) });
				break;
			default:
				fail(eventName);
		}
	},
};

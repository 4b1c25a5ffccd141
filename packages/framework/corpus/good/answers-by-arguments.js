var handlers = {
	log: function (callLog, interaction, eventName, ok) {
		ok({ id: interaction.id + eventName + (callLog.id || "") });
	},
};
window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true } },
	processCallLog: function () {
		handlers.log.apply(handlers, arguments);
	},
};

var crm = {
	save: function (log, done) {
		setTimeout(function () {
			done(null, { id: Date.now(), log: log });
		}, 10);
	},
};
window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true } },
	processCallLog: function (callLog, interaction, eventName, onSuccess, onFailure) {
		crm.save(callLog, function (error, saved) {
			if (error) {
				onFailure();
				return;
			}
			onSuccess({ id: saved.id });
		});
	},
};

const log = (what) => window.parent.postMessage(JSON.stringify({ type: "log", data: what }), "*"); //! message.target.any
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	openCallLog(callLog, interaction) {
		log({ callLog, interaction });
	},
};

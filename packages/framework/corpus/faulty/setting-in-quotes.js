const settings = {
	embedWebRTCByDefault: "false", //! setting.not.boolean
	enableCallHistory: true,
};
window.Framework = { config: { name: "Acme", clientIds: {}, settings }, initialSetup() {} };

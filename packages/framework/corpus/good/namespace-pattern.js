window.Framework = window.Framework || {};
(function (framework) {
	framework.config = {
		name: "Acme",
		clientIds: {},
		settings: { enableTransferContext: true, theme: { primary: "#123", text: "#ffffff" } },
	};
	framework.initialSetup = function () {
		window.PureCloud.addTransferContext({ name: "Open case", attributes: { CaseNumber: "1" } });
	};
})(window.Framework);

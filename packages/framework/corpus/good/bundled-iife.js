var acme = (() => {
	var __defProp = Object.defineProperty;
	var __export = (target, all) => {
		for (var name in all) __defProp(target, name, { get: all[name], enumerable: true });
	};
	var index_exports = {};
	__export(index_exports, { framework: () => framework });
	var framework = {
		config: { name: "Acme", clientIds: { "mypurecloud.de": "a1" }, customInteractionAttributes: [] },
		screenPop(searchString) {
			window.open(`https://crm.example.com/?q=${searchString}`);
		},
	};
	window.Framework = framework;
	return index_exports;
})();

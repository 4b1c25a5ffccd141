(function () {
	var tag = document.createElement("script"); //! script.without.integrity
	tag.src = "https://code.jquery.com/jquery-3.7.1.min.js";
	document.head.appendChild(tag);
})();
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup: function () {
		jQuery("body").addClass("acme");
	},
};

var tag = document.createElement("script");
tag.integrity = "sha256-/JqT3SQfawRcv/BIHPThkBvs0OEvtFFmqPF/lYI/Cxo=";
tag.crossOrigin = "anonymous";
tag.onload = function () {
	jQuery(document).ready(function () {
		jQuery("[data-call-control=flag]").hide();
	});
};
tag.src = "https://code.jquery.com/jquery-3.7.1.min.js";
document.head.appendChild(tag);
window.Framework = { config: { name: "Acme", clientIds: {} }, initialSetup: function () {} };

/** As much of it as is used here; scripts get all of it. */
declare module "jquery/dist/jquery.min.js" {
	const jQuery: { fn: Record<string, unknown> };

	// biome-ignore lint/style/noDefaultExport: it is jQuery's, not ours.
	export { jQuery as default };
}

/** The text of a file, as the build puts it in. */
declare module "*?raw" {
	const text: string;
	// biome-ignore lint/style/noDefaultExport: so the bundler has it.
	export default text;
}

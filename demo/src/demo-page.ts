import type { DemoFile } from "./demo-file.ts";

export function demoPage(demo: DemoFile): string {
	return `<!doctype html><title>Inlay</title><a href="${demo.crm}/">Demo CRM</a>`;
}

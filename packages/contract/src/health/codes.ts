/** `error`: somebody cannot work by it; `warning`: somebody soon will not, or not as meant; `note`: worth knowing. */
export type FindingSeverity = "error" | "warning" | "note";

/**
 * Every code of a finding, with how bad it is. Those that panels tell agents, too (`BootProblem`), are the same.
 * A new one gets an entry in docs/doctor.md, its texts, and a test that breaks exactly that.
 */
export const findingSeverities = {
	"client.unknown": "error",
	"client.unknown.beside": "warning",
	"client.inactive": "error",
	"client.unauthorized": "error",
	"client.wrong.grant": "error",
	"client.without.redirect": "error",
	"client.without.window": "warning",
	"client.without.scopes": "error",
	"client.scopes.few": "note",
	"client.scopes.wide": "note",
	"client.lifetime": "error",
	"client.not.ready": "warning",
	"client.short": "warning",
	"client.shared": "note",
	"client.unused": "note",
	"deployment.inactive": "warning",
	"deployment.without.script": "error",
	"deployment.without.origins": "error",
	"deployment.bundled.client": "note",
	"deployment.names.alike": "warning",
	"deployment.limit": "error",
	"deployment.full": "note",
	"script.fault": "error",
	"script.doubt": "warning",
	"script.client.other": "warning",
	"script.call.refused": "warning",
	"script.failing": "warning",
	"panel.refused": "warning",
	"panel.page.refused": "warning",
	"panel.unverified": "note",
	"group.gone": "error",
	"group.empty": "error",
	"group.empty.beside": "warning",
	"user.without.permission": "error",
	"user.without.license": "error",
	"user.without.group": "warning",
	"permission.held.by.nobody": "warning",
	"user.inactive": "note",
	"user.without.queue": "warning",
	"user.without.station": "warning",
	"queue.without.members": "error",
	"utilization.closed": "warning",
	"voice.english": "warning",
	"mailbox.unreachable": "error",
	"mailbox.readonly": "note",
	"trunk.not.up": "error",
	"trunk.keys.clear": "warning",
	"trunk.full": "warning",
	"trunk.none": "note",
	"server.url.unreachable": "error",
	"server.url.other": "error",
	"server.url.insecure": "warning",
	"server.panel.unreachable": "error",
	"server.panel.other": "error",
	"server.certificate.invalid": "error",
	"server.certificate.ending": "warning",
	"server.clock.off": "warning",
	"server.disk.full": "error",
	"server.disk.low": "warning",
	"server.database.away": "error",
	"server.database.slow": "warning",
	"server.backup.unknown": "note",
	"server.backup.old": "warning",
	"server.media.unreachable": "error",
	"server.mail.unreachable": "error",
	"server.mail.unsigned": "warning",
	"server.mail.failing": "warning",
	"server.messages.failing": "warning",
	"server.recordings.failing": "warning",
	"server.port.taken": "error",
	"browser.microphone.missing": "error",
	"browser.microphone.denied": "error",
	"browser.microphone.not.allowed": "error",
	"browser.speaker.missing": "warning",
	"browser.popups.blocked": "warning",
	"browser.storage.blocked": "warning",
	"browser.storage.partitioned": "note",
	"browser.autoplay.blocked": "warning",
	"browser.allow.missing": "warning",
	"browser.socket.blocked": "error",
	"browser.media.unreachable": "error",
	"browser.local.network": "warning",
	"clock.off": "warning",
} as const satisfies Record<string, FindingSeverity>;

export type FindingCode = keyof typeof findingSeverities;

export const findingCodes = /* @__PURE__ */ Object.keys(findingSeverities) as readonly FindingCode[];

/** Where docs/doctor.md tells of a code. */
export function findingAnchor(code: FindingCode): string {
	return code.replaceAll(".", "");
}

/** The worst first. */
const order: readonly FindingSeverity[] = ["error", "warning", "note"];

export function bySeverity(a: { severity: FindingSeverity }, b: { severity: FindingSeverity }): number {
	return order.indexOf(a.severity) - order.indexOf(b.severity);
}

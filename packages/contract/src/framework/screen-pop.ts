/** When a script is asked to pop, and with what: the panel's rule, and the test harness's (framework-contract 5). */
import type { Interaction } from "./interaction.ts";

/**
 * Inbound work that alerts; previews of a dialler and callbacks are offered the same way. What a campaign puts through to the
 * agent does not ring first (agent-features 0.2).
 */
export function deservesScreenPop(interaction: Interaction): boolean {
	if (interaction.isDialer && interaction.isConnected && !interaction.isDisconnected) return true;
	if (interaction.state !== "ALERTING") return false;
	return interaction.direction !== "Outbound" || interaction.isDialer || interaction.isCallback;
}

/** E-mail address for e-mails, phone number for the rest; the name where a chat has neither. */
export function searchStringOf(interaction: Interaction): string {
	const number = interaction.isCallback || interaction.isVoicemail ? interaction.callbackNumbers?.[0] : undefined;
	return number ?? interaction.displayAddress ?? interaction.phone ?? interaction.name ?? "";
}

import { Banner, Button } from "@inlay/ui";
import type { Phone } from "../phone/phone.ts";
import { t } from "../phone/strings.ts";

/** What happened to the sound without the agent's doing, until they have read it. */
export function SoundNotes({ phone }: { phone: Phone }) {
	const name = phone.replacedBy.value;
	return (
		<>
			{phone.cameToNothing.value && (
				<Banner tone="bad" icon="headset" urgent action={<Understood phone={phone} />}>
					<span data-sound-note="no-sound">{t("noSound")}</span>
				</Banner>
			)}
			{name !== undefined && (
				<Banner tone="warn" icon="mic-off" urgent action={<Understood phone={phone} />}>
					<span data-sound-note="replaced">{name ? t("replaced", { name }) : t("replacedUnnamed")}</span>
				</Banner>
			)}
		</>
	);
}

function Understood({ phone }: { phone: Phone }) {
	return (
		<Button size="small" onClick={() => phone.understood()}>
			{t("understood")}
		</Button>
	);
}

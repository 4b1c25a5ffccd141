import { Banner } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import type { PersonModel } from "./person-model.ts";
import { t } from "./strings.ts";

/** What becomes of the call that the person is in now; nothing where they are in none, or one may not see. */
export function CallUnderWay({ model, name }: { model: Pick<PersonModel, "inCall">; name: string }) {
	useEffect(() => void model.inCall.load(), [model]);
	return model.inCall.value ? <Banner tone="warn">{t("callUnderWay", { name })}</Banner> : null;
}

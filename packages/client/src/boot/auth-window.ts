import "@inlay/ui/styles.css";
import { useLanguages } from "@inlay/ui";
import { languageLoaders } from "../languages/loaders.ts";
import { handBack } from "./hand-back.ts";

// The sign-in window's last page.
useLanguages(languageLoaders);
handBack();

import { language } from "./language";
import { german } from "./strings.de";
import { english, type Strings } from "./strings.en";

/** Every word the page says, in its reader's language. */
export const strings: Strings = { en: english, de: german }[language];

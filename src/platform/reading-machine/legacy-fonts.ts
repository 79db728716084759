import { isLegacyEncoded } from './page-text.ts';

/**
 * Texts set before Unicode (TCVN 6909:2001) with fonts such as `.VnTime`: each letter lies at the place that TCVN
 * 5712:1993 (TCVN3, "ABC") gives it, and programs that do not know the font read Latin-1.
 */
const places =
  'µà¶ả·ã¸á¹ạ¨ă»ằ¼ẳ½ẵ¾ắÆặ©âÇầÈẩÉẫÊấËậ®đÌèÎẻÏẽÐéÑẹªêÒềÓểÔễÕếÖệ×ìØỉÜĩÝíÞịßòáỏâõãóäọ«ôåồæổçỗèốéộ¬ơêờëởìỡíớîợïùñủòũóúôụ' +
  '\u00adưõừöử÷ữøứùựúỳûỷüỹýýþỵ¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ';

const letters = new Map<string, string>();
for (let index = 0; index + 1 < places.length; index += 2) letters.set(places.charAt(index), places.charAt(index + 1));

/** Signs that TCVN3 uses for letters and VNI does not. */
const tcvnSigns = /[¨©ª«¬®µ¶·¸¹»¼½¾]/gu;

/** The text in Unicode if it is TCVN3; any other text as it is. Capitals of the `H` fonts come out small. */
export function fromLegacyFonts(text: string): string {
  if (!isLegacyEncoded(text) || (text.match(tcvnSigns)?.length ?? 0) < text.length * 0.02) return text;
  return text.replace(/[\u00a1-\u00ff]/gu, (sign) => letters.get(sign) ?? sign);
}

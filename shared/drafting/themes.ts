/**
 * Themes to begin with, which whoever names them edits: aspects that groups ask of a resolution on persons, with the words by which
 * United Nations texts speak of them.
 */

export interface SuggestedTheme {
  readonly name: string
  readonly words: readonly string[]
}

const themes = (lines: Readonly<Record<string, string>>): readonly SuggestedTheme[] => Object.entries(lines).map(([name, words]) => ({ name, words: words.split(', ') }))

const byLanguage: Readonly<Record<string, readonly SuggestedTheme[]>> = {
  en: themes({
    Gender: 'gender*, women, woman, girl*, sexual, sexist, maternal',
    Age: 'age, ageing, older persons, elderly, youth, young people, young persons',
    Migration: 'migra*, refugee*, asylum, displaced, displacement, stateless*',
    Children: 'child*, girl*, boy*, minor, minors, adolescent*, infant*',
    Disability: 'disabilit*, disabled, accessib*',
    Victims: 'victim*, survivor*',
    Data: 'data, statistic*, disaggregat*, indicator*',
  }),
  fr: themes({
    Genre: 'genre, sexe, sexes, sexuel*, sexiste*, femme*, fille*, maternel*',
    Âge: 'âge, âgée, âgées, âgé, âgés, vieillissement, jeunes, jeunesse',
    Migrations: 'migra*, migratoire*, réfugié*, asile, déplacé*, déplacement*, apatrid*',
    Enfants: 'enfan*, fille*, garçon*, mineur, mineurs, mineure, mineures, adolescent*',
    Handicap: 'handicap*, accessib*',
    Victimes: 'victime*, rescapé*, survivant*',
    Données: 'données, statistique*, ventilé*, indicateur*',
  }),
  es: themes({
    Género: 'género, mujer, mujeres, niña, niñas, sexual*, sexista*, materna*',
    Edad: 'edad*, personas mayores, envejecimiento, juventud, joven, jóvenes',
    Migración: 'migra*, inmigra*, emigra*, refugiad*, asilo, desplazad*, desplazamiento*, apátrida*',
    Infancia: 'niño, niños, niña, niñas, niñez, infan*, menor de edad, menores, adolescen*',
    Discapacidad: 'discapacidad*, accesib*',
    Víctimas: 'víctima*, superviviente*, sobreviviente*',
    Datos: 'dato, datos, estadístic*, desglosad*, indicador*',
  }),
  ru: themes({
    'Гендерные аспекты': 'гендер*, женщин*, женск*, девоч*, девуш*, сексуальн*, материнск*',
    Возраст: 'возраст*, пожил*, старен*, молодеж*, молоды*',
    Миграция: 'мигра*, бежен*, убежищ*, перемещен*, апатрид*, безграждан*',
    Дети: 'дети, детей, детям, детьми, детях, детск*, ребен*, девоч*, мальчик*, несовершеннолетн*, подрост*',
    Инвалидность: 'инвалид*, доступност*',
    Жертвы: 'жертв*, потерпевш*, пострадавш*',
    Данные: 'данные, данных, данным, данными, статистик*, статистическ*, показател*',
  }),
  ar: themes({
    'النوع الاجتماعي': 'جنساني*, النوع الاجتماعي, امرأة, مرأة, نساء, نسائي*, فتاة, فتيات, جنسين, جنسي*',
    العمر: 'عمر, سن, مسن*, كبار السن, شيخوخة, شباب, شابات',
    الهجرة: 'هجرة, مهاجر*, لاجئ*, لجوء, نازح*, نزوح, مشرد*, انعدام الجنسية',
    الأطفال: 'طفل, طفلة, أطفال, طفولة, فتى, فتيان, فتاة, فتيات, قاصر*, مراهق*',
    الإعاقة: 'إعاقة, إعاقات, معوق*',
    الضحايا: 'ضحية, ضحايا, ناجون, ناجين, ناجيات',
    البيانات: 'بيانات, إحصاء*, إحصائي*, مؤشر*, مصنفة',
  }),
  zh: themes({
    性别: '性别, 妇女, 女性, 女童, 女孩',
    年龄: '年龄, 老年人, 老龄, 青年, 青少年',
    移民: '移民, 移徙, 难民, 庇护, 流离失所, 无国籍',
    儿童: '儿童, 女童, 男童, 未成年人, 青少年, 婴幼儿',
    残疾: '残疾, 无障碍',
    受害者: '受害者, 受害人, 幸存者',
    数据: '数据, 统计, 指标, 分列',
  }),
}

/** In the language of the draft; English where there are none in it. */
export const suggestedThemes = (language: string): readonly SuggestedTheme[] => byLanguage[language.slice(0, 2)] ?? byLanguage['en']!

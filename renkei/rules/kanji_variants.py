"""Old and variant kanji beside the form that everyday texts use; for matching only."""

PAIRS = (
    "髙高 﨑崎 邊辺 邉辺 齋斎 齊斉 濵浜 濱浜 澤沢 廣広 國国 學学 會会 櫻桜 眞真 惠恵 榮栄 靜静 鐵鉄 龍竜 瀧滝 嶋島 嶌島 "
    "與与 壽寿 應応 豐豊 藝芸 實実 寶宝 圓円 縣県 縱縦 舊旧 澁渋 條条 淨浄 假仮 價価 佛仏 傳伝 兒児 冨富 凜凛 曾曽 "
    "區区 單単 團団 圖図 聲声 賣売 對対 專専 將将 屆届 屬属 嶽岳 巖巌 帶帯 廢廃 彌弥 從従 德徳 戰戦 拂払 擔担 據拠 攝摂 "
    "數数 斷断 晝昼 曉暁 榮栄 樂楽 樓楼 樣様 橫横 檢検 歐欧 歸帰 殘残 氣気 沒没 溫温 滿満 澤沢 濟済 燒焼 營営 爐炉 犧犠 "
    "獨独 獻献 畫画 當当 發発 盡尽 礦鉱 禮礼 稻稲 穗穂 竊窃 粹粋 經経 綠緑 繩縄 繪絵 續続 纖繊 聯連 膽胆 臺台 萬万 處処 "
    "號号 螢蛍 裝装 覺覚 觀観 觸触 證証 譯訳 譽誉 讀読 讓譲 豫予 貳弐 貫貫 轉転 輕軽 辨弁 遞逓 遲遅 醫医 釋釈 鑛鉱 鐵鉄 "
    "關関 陷陥 隨随 險険 隱隠 雜雑 靈霊 顏顔 顯顕 餘余 驗験 驛駅 髮髪 鬪闘 鹽塩 麥麦 黑黒 默黙 齒歯 齡齢 𠮷吉 桒桑 栁柳 "
    "舘館 埜野 淵渕 籠篭 檜桧 礒磯 脇脇 箇か 塚塚 﨔欅 侭儘 祢禰 神神 祥祥 福福 逸逸 都都 朗朗 勲勲 晴晴 猪猪 益益 飯飯"
).split()
TABLE = {ord(pair[0]): pair[1] for pair in PAIRS if len(pair) == 2 and pair[0] != pair[1] and pair[0] != "箇"}
VARIATION_SELECTORS = dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
_ALL = {**VARIATION_SELECTORS, **TABLE}


def usual_kanji(text: str) -> str:
    """The text with variant kanji replaced by the usual ones and variation selectors removed."""
    return text.translate(_ALL)

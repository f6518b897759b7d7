"""Names of fields that records use, in English and Chinese, by what they speak of.

Compared without prefix, case, spaces and signs. What stands in no list is left alone.
A mapping profile, where there is one, names the fields of a program exactly.
"""

from collections.abc import Mapping

from explorer.model.claim_sheets import Topic

_BY_TOPIC: Mapping[Topic, str] = {
    Topic.CODE: "tracecode qr qrcode code url link 追溯码 溯源码 二维码 防伪码",
    Topic.PRODUCT: """product productname goods goodsname commodity productdescription
        descriptionshort tradeitemdescription
        品名 产品 产品名称 商品 商品名称 货物名称""",
    Topic.ORIGIN: """origin placeoforigin countryoforigin growingarea growingregion
        plot farm region village town township catcharea countryofharvest
        areaofharvest 产地 原产地 产区 地块 种植地 果园地址""",
    Topic.VARIETY: """variety cultivar species breed scientificname speciesname
        品种 品系""",
    Topic.QUALITY: "grade quality qualitygrade class 等级 级别 质量等级 分级",
    Topic.QUANTITY: """kg weight netweight grossweight quantity qty
        重量 净重 毛重 数量 千克 公斤""",
    Topic.PACKAGING: "packaging package spec specification 包装 规格 包装规格",
    Topic.HARVESTED: """harvestdate harvested pickingdate harveststartdate
        productiondate 采摘日期 采收日期 收获日期 采摘时间 生产日期""",
    Topic.INSPECTED: """result conclusion inspectionresult testresult reportno reportid
        lab laboratory recallreason 原因 召回原因
        结论 检测结论 检验结论 检测结果 报告号 检测机构 机构 报告编号""",
    Topic.CERTIFIED: """certificate certification certificationinfo certificateno
        certificationstandard alliance qualityalliance
        认证 证书 证书编号 证书号 联盟 质量联盟 地理标志""",
    Topic.CARRIED: """carrier driver vehicle plate truck shippedby
        承运商 承运人 司机 车牌 车牌号 物流公司""",
    Topic.TEMPERATURE: """temperature temp temperaturec
        温度 装车温度 到货温度 冷链温度""",
    Topic.SELLER: """seller shop store retailer vendor soldby merchant
        门店 店铺 销售方 卖家 商家 销售商 经销商""",
    Topic.PRICE: "price amount totalprice 价格 单价 售价 金额",
    Topic.SCANS: "scans scancount scannumber 扫码次数 扫描次数 查询次数",
    Topic.TREATED: """pesticide pesticides fertiliser fertilizer treatment
        用药 农药 农药使用 施肥 化肥""",
}

TOPIC_OF: Mapping[str, Topic] = {
    word: topic for topic, words in _BY_TOPIC.items() for word in words.split()
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HOLDERS = _words(
    """holder owner custodian possessor carrier shippedby seller shop store retailer
    recipient consignee 持有人 保管人 承运商 承运人 门店 收货人 发货人 销售方"""
)
PLACES = _words(
    """location place warehouse store shop destination departure readpoint bizlocation
    plot 仓库 冷库 门店 出发地 目的地 地点 产地 地块 产区"""
)
LATITUDES = _words("latitude lat geolatitude 纬度")
LONGITUDES = _words("longitude lon lng long geolongitude 经度")
TIMES = _words(
    """eventtime harvestdate pickingdate inspectedat testdate soldat shippedat
    receivedat scantime 采摘日期 采收日期 收获日期 检测日期 扫码时间 销售日期 发货日期
    收货日期 生产日期 事件时间 发生时间"""
)
"""When something happened; the time of recording stands elsewhere."""

PARTY_TYPES = _words("possessingparty owningparty")
